package dev.weft.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectIteration;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.platform.engine.DiscoverySelector;

/// Tests by the names that Failsafe's reports give them: `Class`, `Class method`, `Class
/// method(Type, Type)` or, of a method with parameters, one invocation as in `Class
/// method(Type)[3]`. Classes by their whole names, types of parameters by their simple ones.
final class Chosen {
    private static final Pattern TEST =
            Pattern.compile("([^ ]+)(?: ([^ (\\[]+)(?:\\(([^)]*)\\))?(?:\\[(\\d+)])?)?");

    private Chosen() {}

    /// @throws IllegalArgumentException when there is no such test
    static DiscoverySelector selector(String line) {
        Matcher words = TEST.matcher(line.strip());
        if (!words.matches()) {
            throw new IllegalArgumentException("no name of a test: " + line);
        }
        Class<?> type = type(words.group(1));
        if (words.group(2) == null) {
            return selectClass(type);
        }
        String parameters = words.group(3) == null ? "" : words.group(3);
        var method = selectMethod(type, method(type, words.group(2), parameters));
        return words.group(4) == null
                ? method
                : selectIteration(method, Integer.parseInt(words.group(4)) - 1);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException missing) {
            throw new IllegalArgumentException("no such class: " + name, missing);
        }
    }

    private static Method method(Class<?> type, String name, String parameters) {
        List<Method> found =
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.getName().equals(name))
                        .filter(method -> parameters.isEmpty() || has(method, parameters))
                        .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    found.size() + " methods are " + name + "(" + parameters + ") of " + type);
        }
        return found.getFirst();
    }

    private static boolean has(Method method, String parameters) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "))
                .equals(parameters);
    }
}
