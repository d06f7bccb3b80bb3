package dev.weft.firewall.value;

import dev.weft.firewall.value.Literal.Word;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Slice;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/// How the constants of a type are written.
sealed interface Notation {
    /// A constant alone, in a set or in a rule.
    Literal literal(DataType type, Slice bytes, Surroundings around);

    /// An end of a range, for which `nft` writes numbers where it has names.
    default String end(DataType type, Slice bytes, Surroundings around) {
        return literal(type, bytes, around).text();
    }

    /// The names of numbers.
    default Symbols symbols() {
        return Symbols.NONE;
    }

    /// Numbers of at most eight bytes, some of which have names.
    ///
    /// @param format of those that have none, and of ends of ranges
    record Named(Symbols symbols, String format) implements Notation {
        @Override
        public Literal literal(DataType type, Slice bytes, Surroundings around) {
            long number = number(type, bytes);
            return symbols.name(number)
                    .<Literal>map(Word::of)
                    .orElseGet(() -> new Literal.Numeral(written(format, number), number));
        }

        @Override
        public String end(DataType type, Slice bytes, Surroundings around) {
            return written(format, number(type, bytes));
        }
    }

    /// Numbers that an administrator names, in a file or by making an interface.
    ///
    /// @param format of those that have no name
    /// @param numeric whether JSON has those as numbers
    record Given(String format, boolean numeric) implements Notation {
        @Override
        public Literal literal(DataType type, Slice bytes, Surroundings around) {
            long number = number(type, bytes);
            String text = written(format, number);
            return name(type, number, around)
                    .<Literal>map(Word::quoted)
                    .orElseGet(() -> numeric ? new Literal.Numeral(text, number) : Word.of(text));
        }

        private static Optional<String> name(DataType type, long number, Surroundings around) {
            return type == DataType.IFACE_INDEX
                    ? around.interfaceName().apply((int) number)
                    : around.name(type, number);
        }

        /// Of interfaces, `nft` writes names even there.
        @Override
        public String end(DataType type, Slice bytes, Surroundings around) {
            return type == DataType.IFACE_INDEX
                    ? literal(type, bytes, around).text()
                    : written(format, number(type, bytes));
        }
    }

    /// Sets of bits, with a name for most.
    record Flags(Symbols symbols) implements Notation {
        @Override
        public Literal literal(DataType type, Slice bytes, Surroundings around) {
            long all = number(type, bytes);
            List<Literal> parts = new ArrayList<>();
            for (long rest = all; rest != 0; rest &= rest - 1) {
                long bit = Long.lowestOneBit(rest);
                parts.add(
                        symbols.name(bit).<Literal>map(Word::of).orElseGet(() -> hexadecimal(bit)));
            }
            return switch (parts.size()) {
                case 0 -> hexadecimal(0);
                case 1 -> parts.getFirst();
                default -> new Literal.Bits(parts);
            };
        }

        @Override
        public String end(DataType type, Slice bytes, Surroundings around) {
            return hexadecimal(number(type, bytes)).text();
        }

        private static Literal hexadecimal(long number) {
            return new Literal.Numeral("0x" + Long.toHexString(number), number);
        }
    }

    /// Everything that needs no table.
    enum Plain implements Notation {
        INTEGER {
            @Override
            public Literal literal(DataType type, Slice bytes, Surroundings around) {
                BigInteger number = unsigned(type, bytes);
                return number.bitLength() > Long.SIZE
                        ? new Word(number.toString(), "0x" + number.toString(16))
                        : new Literal.Numeral(number.toString(), number.longValue());
            }
        },
        IP_ADDRESS {
            @Override
            public Literal literal(DataType type, Slice bytes, Surroundings around) {
                return Word.of(address(bytes));
            }
        },
        LINK_ADDRESS {
            @Override
            public Literal literal(DataType type, Slice bytes, Surroundings around) {
                StringJoiner text = new StringJoiner(":");
                for (int i = 0; i < bytes.length(); i++) {
                    text.add(String.format(Locale.ROOT, "%02x", bytes.u8(i)));
                }
                return Word.of(text.toString());
            }
        },
        TEXT {
            // A prefix of names has fewer bytes than a name and no NUL.
            @Override
            public Literal literal(DataType type, Slice bytes, Surroundings around) {
                String text = bytes.string();
                boolean prefix =
                        bytes.length() < Datum.INTERFACE_NAME_BYTES
                                && bytes.u8(bytes.length() - 1) != 0;
                if (prefix) {
                    return Word.quoted(text + "*");
                }
                return Word.quoted(
                        text.endsWith("*") ? text.substring(0, text.length() - 1) + "\\*" : text);
            }
        },
        TRUTH {
            @Override
            public Literal literal(DataType type, Slice bytes, Surroundings around) {
                return new Literal.Truth(number(type, bytes) != 0);
            }

            @Override
            public Symbols symbols() {
                return SymbolTables.TRUTHS;
            }
        },
        CLASS {
            private static final long ROOT = 0xffff_ffffL;

            @Override
            public Literal literal(DataType type, Slice bytes, Surroundings around) {
                long number = number(type, bytes);
                if (number == 0) {
                    return Word.of("none");
                }
                return number == ROOT
                        ? Word.of("root")
                        : Word.of(
                                written("%x", number >>> Short.SIZE)
                                        + ':'
                                        + written("%x", number & 0xffff));
            }
        },
        LABELS {
            // Each bit of 128 is a label; the first stands lowest in the first byte.
            @Override
            public Literal literal(DataType type, Slice bytes, Surroundings around) {
                List<Literal> labels = new ArrayList<>();
                for (int bit = 0; bit < bytes.length() * Byte.SIZE; bit++) {
                    if ((bytes.u8(bit / Byte.SIZE) >> bit % Byte.SIZE & 1) != 0) {
                        labels.add(label(bit, around));
                    }
                }
                return switch (labels.size()) {
                    case 0 -> new Literal.Numeral("0x0", 0);
                    case 1 -> labels.getFirst();
                    default -> new Literal.Bits(labels);
                };
            }

            private static Literal label(int bit, Surroundings around) {
                return around.name(DataType.CT_LABEL, bit)
                        .<Literal>map(Word::quoted)
                        .orElseGet(() -> new Literal.Numeral(Integer.toString(bit), bit));
            }
        },
        /// Milliseconds; JSON has whole seconds.
        LENGTH_OF_TIME {
            @Override
            public Literal literal(DataType type, Slice bytes, Surroundings around) {
                Duration time = duration(type, bytes);
                return new Literal.Numeral(TimeText.of(time), time.toSeconds());
            }

            @Override
            public String end(DataType type, Slice bytes, Surroundings around) {
                return duration(type, bytes).toSeconds() + "s";
            }

            private static Duration duration(DataType type, Slice bytes) {
                return Duration.ofMillis(number(type, bytes));
            }
        },
        /// Nanoseconds since 1970.
        DATE {
            private static final DateTimeFormatter FORMAT =
                    DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

            @Override
            public Literal literal(DataType type, Slice bytes, Surroundings around) {
                Instant instant = Instant.EPOCH.plusNanos(number(type, bytes));
                return Word.quoted(FORMAT.format(instant.atZone(around.zone())));
            }
        },
        /// Seconds since midnight in UTC.
        HOUR {
            @Override
            public Literal literal(DataType type, Slice bytes, Surroundings around) {
                int offset = around.zone().getRules().getOffset(around.now()).getTotalSeconds();
                long day = Duration.ofDays(1).toSeconds();
                long second = Math.floorMod(number(type, bytes) + offset, day);
                return Word.quoted(LocalTime.ofSecondOfDay(second).toString());
            }
        },
        DAY {
            @Override
            public Literal literal(DataType type, Slice bytes, Surroundings around) {
                long number = number(type, bytes);
                return symbols()
                        .name(number)
                        .<Literal>map(Word::quoted)
                        .orElseGet(() -> new Literal.Numeral(Long.toString(number), number));
            }

            @Override
            public String end(DataType type, Slice bytes, Surroundings around) {
                return Long.toString(number(type, bytes));
            }

            @Override
            public Symbols symbols() {
                return SymbolTables.DAYS;
            }
        };

        /// As glibc's `inet_ntop` writes it, which keeps the dotted form of RFC 4291, section
        /// 2.5.5.1, where RFC 5952 has none.
        private static String address(Slice bytes) {
            String text = IpPrefix.textOf(IpPrefix.addressOf(bytes.bytes()));
            boolean embedsIpv4 =
                    bytes.length() == 16
                            && bytes.be64(0) == 0
                            && bytes.be32(8) == 0
                            && bytes.be16(12) != 0;
            return embedsIpv4
                    ? "::" + IpPrefix.textOf(IpPrefix.addressOf(bytes.from(12).bytes()))
                    : text;
        }
    }

    private static String written(String format, long number) {
        return switch (format) {
            case "%d" -> Long.toString(number);
            case "%x" -> Long.toHexString(number);
            default -> String.format(Locale.ROOT, format, number);
        };
    }

    /// The lowest 64 bits.
    static long number(DataType type, Slice bytes) {
        return unsigned(type, bytes).longValue();
    }

    private static BigInteger unsigned(DataType type, Slice bytes) {
        byte[] digits = bytes.bytes();
        if (type.order() == DataType.Order.MACHINE
                && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            reverse(digits);
        }
        return new BigInteger(1, digits);
    }

    private static void reverse(byte[] digits) {
        for (int i = 0, j = digits.length - 1; i < j; i++, j--) {
            byte low = digits[i];
            digits[i] = digits[j];
            digits[j] = low;
        }
    }
}
