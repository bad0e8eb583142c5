package io.tollgate.core.store.chronicle;

import net.openhft.chronicle.algo.hashing.LongHashFunction;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.RandomDataInput;
import net.openhft.chronicle.hash.AbstractData;
import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.hash.serialization.DataAccess;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/**
 * Gives Chronicle access to the number of a {@link LongKey} as eight bytes, without allocation.
 *
 * <p>Chronicle creates one copy for each thread and map.
 */
public final class LongKeyAccess extends AbstractData<LongKey> implements DataAccess<LongKey> {
    private static final LongKey NONE = new LongKey();

    private transient BytesStore<?, ?> scratch;
    private transient LongKey key;

    public LongKeyAccess() {
        initialise();
    }

    private void initialise() {
        scratch = BytesStore.wrap(new byte[Long.BYTES]);
        key = NONE;
    }

    @Override
    public Data<LongKey> getData(final LongKey instance) {
        key = instance;
        return this;
    }

    @Override
    public void uninit() {
        key = NONE;
    }

    @Override
    public DataAccess<LongKey> copy() {
        return new LongKeyAccess();
    }

    @Override
    public RandomDataInput bytes() {
        scratch.writeLong(0, key.number());
        return scratch;
    }

    @Override
    public long offset() {
        return 0;
    }

    @Override
    public long size() {
        return Long.BYTES;
    }

    @Override
    public LongKey get() {
        return key;
    }

    @Override
    public LongKey getUsing(final LongKey using) {
        final LongKey copy = using == null ? new LongKey() : using;
        return copy.number(key.number());
    }

    @Override
    public long hash(final LongHashFunction function) {
        return function.hashLong(key.number());
    }

    @Override
    public boolean equivalent(final RandomDataInput source, final long sourceOffset) {
        return source.readLong(sourceOffset) == key.number();
    }

    @Override
    public void readMarshallable(final WireIn wire) {
        initialise();
    }

    @Override
    public void writeMarshallable(final WireOut wire) {
        // This class has no configuration.
    }
}
