package dev.weft.cli.lab;

import dev.weft.cli.lab.Situation.Phrase;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/// What labs say, in one language. The keys are in `texts.properties`; a test holds the languages
/// against each other.
final class Texts {
    private static final String BUNDLE = "dev.weft.cli.lab.texts";

    private final ResourceBundle bundle;

    private Texts(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    static Texts of(Language language) {
        Locale locale = language == Language.ZH ? Locale.CHINESE : Locale.ROOT;
        ResourceBundle.Control noFallback =
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES);
        return new Texts(ResourceBundle.getBundle(BUNDLE, locale, noFallback));
    }

    /// A text with values put in; numbers stand as they are, without grouping.
    String of(String key, Object... values) {
        Object[] plain = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            plain[i] =
                    values[i] instanceof Integer number && number >= 1000
                            ? number.toString()
                            : values[i];
        }
        return new MessageFormat(bundle.getString(key), Locale.ROOT).format(plain);
    }

    String observed(List<Phrase> phrases) {
        return phrases.stream()
                .map(phrase -> of("observed." + phrase.key(), phrase.values().toArray()))
                .collect(Collectors.joining("; "));
    }

    String change(Change change) {
        return switch (change) {
            case Change.Source(String before, String after) -> of("change.source", before, after);
            case Change.Destination(String before, String after) ->
                    of("change.destination", before, after);
            case Change.TimeToLive(int before, int after) -> of("change.ttl", before, after);
            case Change.LinkAddresses(String _, String destination) ->
                    of("change.link", destination);
        };
    }
}
