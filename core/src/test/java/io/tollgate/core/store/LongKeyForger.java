package io.tollgate.core.store;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/** A class with a name as long as that of {@link LongKeyReader}, which no map of ours names. */
final class LongKeyForger implements SizedReader<LongKey> {
    static {
        System.setProperty("tollgate.test.forged", "true");
    }

    @Override
    public LongKey read(final Bytes<?> in, final long size, final LongKey using) {
        throw new IllegalStateException("forged");
    }

    @Override
    public void readMarshallable(final WireIn wire) {
        throw new IllegalStateException("forged");
    }

    @Override
    public void writeMarshallable(final WireOut wire) {
        throw new IllegalStateException("forged");
    }
}
