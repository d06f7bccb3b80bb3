package dev.weft.firewall.language;

import dev.weft.firewall.expression.Bitwise;
import dev.weft.firewall.expression.BitwiseData;
import dev.weft.firewall.expression.BitwiseRegisters;
import dev.weft.firewall.expression.ByteOrder;
import dev.weft.firewall.expression.Compare;
import dev.weft.firewall.expression.Ct;
import dev.weft.firewall.expression.CtSet;
import dev.weft.firewall.expression.DynamicSet;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.ExtensionHeader;
import dev.weft.firewall.expression.ExtensionHeaderSet;
import dev.weft.firewall.expression.Fib;
import dev.weft.firewall.expression.Hash;
import dev.weft.firewall.expression.Immediate;
import dev.weft.firewall.expression.Lookup;
import dev.weft.firewall.expression.MapLookup;
import dev.weft.firewall.expression.Meta;
import dev.weft.firewall.expression.MetaSet;
import dev.weft.firewall.expression.NumberGenerator;
import dev.weft.firewall.expression.ObjectMapReference;
import dev.weft.firewall.expression.OsFingerprint;
import dev.weft.firewall.expression.Payload;
import dev.weft.firewall.expression.PayloadSet;
import dev.weft.firewall.expression.Range;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.RouteLoad;
import dev.weft.firewall.expression.Socket;
import dev.weft.firewall.expression.SymmetricHash;
import dev.weft.firewall.expression.Tunnel;
import dev.weft.firewall.expression.Xfrm;
import dev.weft.firewall.language.Content.Known;
import dev.weft.firewall.language.Content.Packet;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one rule's expressions, from the first on: loads fill registers, everything else becomes a
/// statement of what they hold.
final class RuleReader {
    private final Family family;
    private final Sets sets;
    private final List<@Nullable Statement> statements = new ArrayList<>();
    private final Registers registers = new Registers();
    private final KnownHeaders headers;
    private final Operands operands;
    private final Comparisons comparisons;
    private final Lookups lookups;
    private final Changes changes;
    private final Actions actions;

    RuleReader(Family family, Sets sets) {
        this.family = family;
        this.sets = sets;
        headers = new KnownHeaders(family, statements);
        operands = new Operands(headers);
        comparisons = new Comparisons(statements, registers, operands, headers);
        lookups = new Lookups(sets, registers, operands, headers);
        changes = new Changes(registers, operands, headers);
        actions = new Actions(family, registers, operands, headers);
    }

    List<Statement> read(List<Expression> expressions) {
        expressions.forEach(this::read);
        List<Statement> read = new ArrayList<>(statements.size());
        for (Statement statement : statements) {
            if (statement != null) {
                read.add(statement);
            }
        }
        return read;
    }

    private void read(Expression expression) {
        if (expression instanceof Compare compare) {
            comparisons.compare(compare);
            return;
        }
        comparisons.end();
        switch (expression) {
            case Range range -> comparisons.range(range);
            case Lookup lookup -> statements.add(lookups.match(lookup));
            case Payload load -> load(load.destination(), packet(load));
            case Meta load -> load(load.destination(), Properties.of(load.key()));
            case Ct load ->
                    load(
                            load.destination(),
                            Properties.of(load.key(), load.direction(), headers.network()));
            case ExtensionHeader load -> load(load.destination(), option(load));
            case Fib load -> load(load.destination(), Properties.of(load));
            case RouteLoad load -> load(load.destination(), Properties.of(load.key()));
            case Socket load -> load(load.destination(), Properties.of(load));
            case OsFingerprint load -> load(load.destination(), Properties.of(load));
            case NumberGenerator load -> load(load.destination(), Properties.of(load));
            case Xfrm load -> load(load.destination(), Properties.of(load));
            case Tunnel load -> load(load.destination(), Properties.of(load));
            case Hash hash -> hash(hash);
            case SymmetricHash hash ->
                    load(
                            hash.destination(),
                            Properties.number(
                                    new Field.SymmetricHash(
                                            Integer.toUnsignedLong(hash.modulus()),
                                            Integer.toUnsignedLong(hash.offset()),
                                            DataType.INTEGER)));
            case Bitwise bitwise -> bitwise(bitwise);
            case BitwiseData bitwise -> bitwise(bitwise);
            case BitwiseRegisters bitwise -> bitwise(bitwise);
            case ByteOrder order -> turn(order);
            case MapLookup lookup -> mapLookup(lookup);
            case Immediate immediate -> immediate(immediate);
            default -> act(expression);
        }
    }

    /// Something that is no load and no comparison.
    private void act(Expression expression) {
        Statement statement =
                switch (expression) {
                    case MetaSet set -> changes.of(set);
                    case CtSet set -> changes.of(set);
                    case PayloadSet set -> changes.of(set);
                    case ExtensionHeaderSet set -> changes.of(set);
                    case DynamicSet update -> lookups.update(update, this::state);
                    case ObjectMapReference reference -> lookups.object(reference);
                    default -> actions.of(expression);
                };
        add(statement);
    }

    private void add(Statement statement) {
        statements.add(statement);
        headers.keepGuards();
    }

    /// What an element does is read like a rule of its own.
    private List<Statement> state(List<Expression> expressions) {
        return new RuleReader(family, sets).read(expressions);
    }

    private void load(Register destination, Content content) {
        registers.load(destination, content);
    }

    private static Packet packet(Payload load) {
        return new Packet(
                new Place.InHeader(load.base(), load.offset(), load.bytes()), false, null, null);
    }

    private Content option(ExtensionHeader load) {
        if (load.presence()) {
            headers.useOption(load.protocol());
            return Known.of(
                    OptionFields.presence(load.protocol(), load.type()),
                    Typing.of(DataType.BOOLEAN, 1));
        }
        return new Packet(
                new Place.InOption(load.protocol(), load.type(), load.offset(), load.bytes()),
                false,
                null,
                null);
    }

    private void hash(Hash hash) {
        Operands.Key key = operands.key(registers.key(hash.source(), hash.bytes()), hash.source());
        Integer seed = hash.seed();
        registers.compute(
                hash.source(),
                hash.bytes(),
                hash.destination(),
                Properties.number(
                        new Field.JenkinsHash(
                                key.term(),
                                Integer.toUnsignedLong(hash.modulus()),
                                seed == null ? null : Integer.toUnsignedLong(seed),
                                Integer.toUnsignedLong(hash.offset()),
                                DataType.INTEGER)));
    }

    private void bitwise(Bitwise bitwise) {
        Content content = registers.at(bitwise.source());
        if (content != null) {
            registers.replace(
                    bitwise.destination(),
                    Masking.masked(
                            content, bitwise.mask().bytes(), bitwise.xor().bytes(), operands));
        }
    }

    private void bitwise(BitwiseData bitwise) {
        Content content = registers.at(bitwise.source());
        if (content != null) {
            registers.replace(
                    bitwise.destination(),
                    Masking.combined(
                            content, bitwise.operation(), bitwise.value().bytes(), operands));
        }
    }

    private void bitwise(BitwiseRegisters bitwise) {
        Content left = registers.at(bitwise.source());
        Content right = registers.at(bitwise.secondSource());
        if (left != null && right != null) {
            registers.replace(
                    bitwise.destination(),
                    Masking.combined(left, bitwise.operation(), right, operands));
        }
    }

    private void turn(ByteOrder order) {
        Content content = registers.at(order.source());
        Content turned =
                switch (content) {
                    case null -> null;
                    case Content.Constant constant -> constant;
                    case Packet packet ->
                            new Packet(
                                    packet.place(), !packet.turned(), packet.mask(), packet.xor());
                    case Known known ->
                            new Known(
                                    known.term(),
                                    known.typing().turned(),
                                    known.mask(),
                                    known.xor(),
                                    known.shiftedBits());
                };
        if (turned != null) {
            registers.replace(order.destination(), turned);
        }
    }

    private void mapLookup(MapLookup lookup) {
        if (lookup.destination().equals(Register.VERDICT)) {
            add(lookups.verdictMap(lookup));
        } else {
            lookups.map(lookup);
        }
    }

    private void immediate(Immediate immediate) {
        switch (immediate.data()) {
            case Verdict verdict -> add(new Statement.Verdict(verdict));
            case Datum datum -> load(immediate.destination(), new Content.Constant(datum.bytes()));
        }
    }
}
