package dev.weft.firewall.expression;

import dev.weft.firewall.value.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the registers hold while a rule is read.
///
/// Every statement loads what it needs anew, so the first load after a statement begins with empty
/// registers: leftovers are not taken for parts of a concatenation.
final class Registers {
    private final Map<Integer, Operand> operands = new HashMap<>();
    private boolean used;

    void load(Register destination, Operand operand) {
        if (used) {
            operands.clear();
            used = false;
        }
        operands.put(destination.word(), operand);
    }

    void forget() {
        operands.clear();
    }

    void replace(Register register, Operand operand) {
        operands.put(register.word(), operand);
    }

    boolean holds(Register register) {
        return operands.containsKey(register.word());
    }

    Operand at(Register register) {
        Operand operand = operands.get(register.word());
        return operand == null ? Operand.untyped("[" + register + "]", Integer.BYTES) : operand;
    }

    /// The operand of a statement that ends here.
    Operand take(Register register) {
        used = true;
        return at(register);
    }

    /// The operands that stand one behind another from a register on, as one key.
    String takeKey(Register first) {
        List<String> parts = new ArrayList<>();
        int word = first.word();
        for (Operand part = operands.get(word); part != null; part = operands.get(word)) {
            parts.add(part.expressed());
            word += Math.max(1, part.words());
        }
        used = true;
        return parts.isEmpty() ? "[" + first + "]" : String.join(" . ", parts);
    }

    /// One value or an interval of a type.
    String take(RegisterRange range, DataType type) {
        String lowest = take(range.lowest()).as(type);
        return range.lowest().equals(range.highest())
                ? lowest
                : lowest + "-" + take(range.highest()).as(type);
    }
}
