package io.tollgate.core.store.chronicle;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/** Reads a {@link LongKey} from a map entry. Stateless. Any thread may use it. */
public final class LongKeyReader implements SizedReader<LongKey> {
    @Override
    public LongKey read(final Bytes<?> in, final long size, final LongKey using) {
        final LongKey key = using == null ? new LongKey() : using;
        return key.number(in.readLong());
    }

    @Override
    public void readMarshallable(final WireIn wire) {
        // This class has no configuration, so the header of a map file holds only its name.
    }

    @Override
    public void writeMarshallable(final WireOut wire) {
        // See readMarshallable.
    }
}
