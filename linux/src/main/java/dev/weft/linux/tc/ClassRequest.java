package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attributes;

/// What is asked of a class.
public final class ClassRequest extends TrafficRequest<ClassRequest> {
    private ClassRequest(TrafficHeader header, Attributes attributes) {
        super(header, attributes);
    }

    /// A class by name: to find or delete it.
    public static ClassRequest on(int linkIndex, Handle handle) {
        return new ClassRequest(
                new TrafficHeader(linkIndex, handle, Handle.NONE, 0),
                Attributes.empty(TrafficAttributes.TABLE));
    }

    /// A class right under the discipline whose major number it has.
    public static ClassRequest of(TrafficKind kind, int linkIndex, Handle handle) {
        return on(linkIndex, handle)
                .parent(Handle.of(handle.major(), 0))
                .set(TrafficAttributes.KIND, kind.kernelName());
    }

    /// A class with a guarantee and a ceiling.
    public static ClassRequest htb(int linkIndex, Handle handle, HtbClass parameters) {
        return of(TrafficKind.HTB, linkIndex, handle).options(parameters::writeTo);
    }

    @Override
    ClassRequest with(TrafficHeader newHeader, Attributes newAttributes) {
        return new ClassRequest(newHeader, newAttributes);
    }
}
