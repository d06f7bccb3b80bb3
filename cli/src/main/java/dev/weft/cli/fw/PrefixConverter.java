package dev.weft.cli.fw;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `10.0.0.0/8`, and `10.0.0.1` as the one address.
final class PrefixConverter implements ITypeConverter<IpPrefix> {
    @Override
    public IpPrefix convert(String text) {
        try {
            return text.contains("/")
                    ? IpPrefix.parse(text)
                    : IpPrefix.host(IpPrefix.parseAddress(text));
        } catch (InvalidRequestException malformed) {
            throw new TypeConversionException(malformed.getMessage());
        }
    }
}
