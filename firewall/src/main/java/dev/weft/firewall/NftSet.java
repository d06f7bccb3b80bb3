package dev.weft.firewall;

import dev.weft.firewall.SetAttributes.DescriptionAttributes;
import dev.weft.firewall.SetAttributes.PartAttributes;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Family;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A set of keys, or a map from keys to data or verdicts. Finding a key takes the same time at any
/// size, and so does adding one: prefer it to many rules.
///
/// @param attributes of [SetAttributes]
public record NftSet(Family family, Attributes attributes) implements FirewallObject {
    /// The data type of maps to verdicts (`NFT_DATA_VERDICT`).
    static final int VERDICTS = 0xffffff00;

    /// `NFT_SET_POL_MEMORY`.
    private static final int SMALL = 1;

    /// A set of keys.
    ///
    /// @param key of one type, or of several behind one another
    public static NftSet of(Table table, String name, DataType... key) {
        List<DataType> types = List.of(key);
        Slice order = UserData.number(UserData.SET_KEY_ORDER, order(types));
        return new NftSet(
                table.family(),
                named(table.name(), name)
                        .and(writer ->
                                writer.put(SetAttributes.KEY_TYPE, DataType.number(types))
                                        .put(SetAttributes.KEY_BYTES, DataType.bytes(types))
                                        .put(SetAttributes.USER_DATA, order)));
    }

    /// A map from keys to data.
    public static NftSet map(Table table, String name, List<DataType> key, List<DataType> data) {
        Slice order = UserData.number(UserData.SET_DATA_ORDER, order(data));
        return of(table, name, key.toArray(DataType[]::new))
                .with(SetFlag.MAP)
                .data(DataType.number(data), DataType.bytes(data))
                .note(order);
    }

    /// A map from keys to objects of a type.
    public static NftSet objectMap(Table table, String name, ObjectType type, DataType... key) {
        NftSet set = of(table, name, key).with(SetFlag.OBJECT);
        return new NftSet(
                set.family,
                set.attributes.and(writer -> writer.put(SetAttributes.OBJECT_TYPE, type.number())));
    }

    /// A map from keys to verdicts.
    public static NftSet verdictMap(Table table, String name, DataType... key) {
        return of(table, name, key).with(SetFlag.MAP).data(VERDICTS, 0);
    }

    private static Attributes named(String table, String name) {
        return Attributes.build(
                SetAttributes.TABLE,
                writer ->
                        writer.put(SetAttributes.TABLE_NAME, table)
                                .put(SetAttributes.NAME, Names.checked("set", name)));
    }

    /// The parts of a concatenation have an order each.
    private static int order(List<DataType> types) {
        return types.size() == 1 ? types.getFirst().order().number() : 0;
    }

    private NftSet data(int type, int bytes) {
        return new NftSet(
                family,
                attributes.and(writer ->
                        writer.put(SetAttributes.DATA_TYPE, type)
                                .put(SetAttributes.DATA_BYTES, bytes)));
    }

    /// Adds a record to what `nft` keeps beside it.
    private NftSet note(Slice record) {
        Slice before = attributes.orElse(SetAttributes.USER_DATA, Slice.EMPTY);
        return new NftSet(
                family,
                attributes
                        .without(SetAttributes.USER_DATA)
                        .and(writer ->
                                writer.put(
                                        SetAttributes.USER_DATA, UserData.concat(before, record))));
    }

    /// This set with more flags.
    public NftSet with(SetFlag... more) {
        int bits = Arrays.stream(more).mapToInt(SetFlag::bit).reduce(flagBits(), (a, b) -> a | b);
        return new NftSet(family, attributes.and(writer -> writer.put(SetAttributes.FLAGS, bits)));
    }

    /// This set as part of one rule of the same batch, `{ 80, 443 }`. Its name says only within the
    /// batch which set is meant: the kernel chooses another.
    public NftSet anonymous() {
        return with(SetFlag.ANONYMOUS, SetFlag.CONSTANT);
    }

    /// This set with intervals for elements; see [Element#through(Datum)] for keys of one type and
    /// [Element#to(Datum)] for those of several, which need Linux 5.6.
    public NftSet intervals() {
        List<DataType> parts = key().orElse(List.of());
        if (parts.size() <= 1) {
            return with(SetFlag.INTERVAL);
        }
        List<Attributes> lengths =
                parts.stream()
                        .map(part ->
                                Attributes.build(
                                        PartAttributes.TABLE,
                                        writer -> writer.put(PartAttributes.BYTES, part.bytes())))
                        .toList();
        return with(SetFlag.INTERVAL, SetFlag.CONCATENATION)
                .described(writer -> writer.put(DescriptionAttributes.CONCATENATION, lengths));
    }

    /// This set of intervals, of which `nft` makes one where they overlap or touch.
    public NftSet autoMerge() {
        return note(UserData.number(UserData.SET_MERGE, 1));
    }

    /// This set with expressions that are carried out when an element is met, for each one by
    /// itself: a counter, a quota, a limit.
    public NftSet with(Expression... states) {
        NftSet set = states.length > 1 ? with(SetFlag.EXPRESSION) : this;
        return new NftSet(
                family,
                set.attributes.and(writer ->
                        StatefulExpressions.put(
                                writer,
                                SetAttributes.EXPRESSION,
                                SetAttributes.EXPRESSIONS,
                                List.of(states))));
    }

    /// This set in little memory instead of quick, where the kernel has both.
    public NftSet small() {
        return new NftSet(
                family, attributes.and(writer -> writer.put(SetAttributes.POLICY, SMALL)));
    }

    /// This set with expired elements removed at intervals.
    ///
    /// @param interval precise to milliseconds
    public NftSet sweepEvery(Duration interval) {
        int millis = Math.toIntExact(interval.toMillis());
        return new NftSet(
                family, attributes.and(writer -> writer.put(SetAttributes.SWEEP_INTERVAL, millis)));
    }

    /// This set with elements that expire.
    ///
    /// @param limit for elements that do not say one; precise to milliseconds
    public NftSet timeout(Duration limit) {
        NftSet expiring = with(SetFlag.TIMEOUT);
        return new NftSet(
                family,
                expiring.attributes.and(
                        writer -> writer.put(SetAttributes.TIMEOUT, limit.toMillis())));
    }

    /// This set with a bound on how many elements it may have; the kernel refuses more with ENFILE.
    public NftSet size(int elements) {
        return described(writer -> writer.put(DescriptionAttributes.SIZE, elements));
    }

    private NftSet described(Consumer<AttributeWriter> more) {
        Attributes description =
                attributes
                        .find(SetAttributes.DESCRIPTION)
                        .orElseGet(() -> Attributes.empty(DescriptionAttributes.TABLE))
                        .and(more);
        return new NftSet(
                family,
                attributes
                        .without(SetAttributes.DESCRIPTION)
                        .and(writer -> writer.put(SetAttributes.DESCRIPTION, description)));
    }

    /// This set with a note for people.
    public NftSet comment(String text) {
        return note(UserData.comment(UserData.SET_COMMENT, text));
    }

    /// The name of its table.
    public String table() {
        return attributes.orElse(SetAttributes.TABLE_NAME, "");
    }

    @Override
    public String name() {
        return attributes.orElse(SetAttributes.NAME, "");
    }

    private int flagBits() {
        return attributes.orElse(SetAttributes.FLAGS, 0);
    }

    /// What it can do.
    public Set<SetFlag> flags() {
        Set<SetFlag> flags = EnumSet.noneOf(SetFlag.class);
        Arrays.stream(SetFlag.values())
                .filter(flag -> (flagBits() & flag.bit()) != 0)
                .forEach(flags::add);
        return flags;
    }

    /// Whether elements have data or verdicts.
    public boolean isMap() {
        return flags().contains(SetFlag.MAP);
    }

    /// Whether a map leads to verdicts.
    public boolean hasVerdicts() {
        return attributes.orElse(SetAttributes.DATA_TYPE, 0) == VERDICTS;
    }

    /// The types of a key's parts; nothing when Weft does not know one.
    public Optional<List<DataType>> key() {
        return attributes.find(SetAttributes.KEY_TYPE).flatMap(DataType::find);
    }

    /// The types of the data's parts; nothing for sets, verdicts, and types unknown to Weft.
    public Optional<List<DataType>> data() {
        return attributes.find(SetAttributes.DATA_TYPE).flatMap(DataType::find);
    }

    /// How long elements stay that do not say.
    public Optional<Duration> timeout() {
        return attributes.find(SetAttributes.TIMEOUT).map(Duration::ofMillis);
    }

    /// The most elements it may have, where that is bounded.
    public Optional<Integer> size() {
        return attributes
                .find(SetAttributes.DESCRIPTION)
                .flatMap(description -> description.find(DescriptionAttributes.SIZE));
    }

    /// The type of the objects that a map leads to; nothing for others.
    public Optional<ObjectType> objectType() {
        return attributes.find(SetAttributes.OBJECT_TYPE).flatMap(ObjectType::find);
    }

    /// What is carried out when an element is met.
    ///
    /// @throws MalformedMessageException when an expression has no name
    public List<Expression> expressions() {
        return StatefulExpressions.of(
                attributes, SetAttributes.EXPRESSION, SetAttributes.EXPRESSIONS);
    }

    /// Whether it is to be small rather than quick.
    public boolean isSmall() {
        return attributes.orElse(SetAttributes.POLICY, 0) == SMALL;
    }

    /// How often expired elements are removed, where that was said.
    public Optional<Duration> sweepInterval() {
        return attributes.find(SetAttributes.SWEEP_INTERVAL).map(Duration::ofMillis);
    }

    /// Whether `nft` makes one interval of those that overlap or touch.
    public boolean mergesIntervals() {
        return hasNote(UserData.SET_MERGE);
    }

    private boolean hasNote(int type) {
        return attributes
                .find(SetAttributes.USER_DATA)
                .flatMap(data -> UserData.find(data, type))
                .filter(value -> value.length() == Integer.BYTES && value.s32(0) != 0)
                .isPresent();
    }

    /// Whether the data of a map are intervals as well, as of one from networks to networks.
    public boolean hasDataIntervals() {
        return hasNote(UserData.SET_DATA_INTERVALS);
    }

    /// The note for people.
    public Optional<String> comment() {
        return attributes
                .find(SetAttributes.USER_DATA)
                .flatMap(data -> UserData.text(data, UserData.SET_COMMENT));
    }

    @Override
    public NftSet wanted() {
        return new NftSet(
                family,
                attributes.without(
                        SetAttributes.HANDLE,
                        SetAttributes.ID,
                        SetAttributes.BACKEND,
                        SetAttributes.COUNT));
    }

    @Override
    public Kind kind() {
        return Kind.SET;
    }

    @Override
    public Attributes identity() {
        return named(table(), name());
    }

    @Override
    public String toString() {
        return (isMap() ? "map " : "set ") + family + " " + table() + " " + name();
    }
}
