package dev.weft.linux.sys;

import java.util.List;

/// A NULL-terminated array of C strings: what `execve` takes for arguments and environment.
final class StringVector implements AutoCloseable {
    private final Memory pointers;
    private final List<Memory> strings;

    private StringVector(Memory pointers, List<Memory> strings) {
        this.pointers = pointers;
        this.strings = strings;
    }

    static StringVector of(List<String> texts) {
        List<Memory> strings = texts.stream().map(Memory::ofString).toList();
        Memory pointers = Memory.ofThread((texts.size() + 1L) * Long.BYTES);
        for (int i = 0; i < strings.size(); i++) {
            pointers.putS64((long) i * Long.BYTES, strings.get(i).address());
        }
        return new StringVector(pointers, strings);
    }

    long address() {
        return pointers.address();
    }

    @Override
    public void close() {
        pointers.close();
        strings.forEach(Memory::close);
    }
}
