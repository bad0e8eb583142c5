package io.tollgate.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.registration.Registered;
import java.util.List;
import org.agrona.LangUtil;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Readers, also in other processes, find a series by its key. The engine writes the key after all other data. */
class DefinitionOrderTest {
    private static final long HEARTBEAT_NS = 3_600;
    private static final Window WINDOW = Window.slidingNs(60);

    /** If the engine cannot store the key, the log shows the data written before it. */
    @Test
    void shouldGiveASeriesItsKeyOnceAllElseIsWritten() {
        try (SeriesStore store = SeriesStore.anonymous(1 << 8, LangUtil::rethrowUnchecked)) {
            final OperationApplier applier = AppliedState.of(store, ClockMode.KNOWLEDGE, SystemEpochNanoClock.INSTANCE)
                    .applier();
            store.registrations().add("rate.*", new Registered(List.of(WINDOW), true));
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SeriesDefinitionOperation.MAX_LENGTH]);
            define(buffer, 0);
            applier.apply(buffer, 0, 1);
            assertEquals(0, store.find("rate.x"));
            requireIntact(store, 0);

            define(buffer, 1);
            assertThrows(IllegalArgumentException.class, () -> applier.apply(buffer, 0, 2));
            assertEquals(0, store.find("rate.x"));
            assertEquals(1, store.namedCount());
            requireIntact(store, 1);
        }
    }

    private static void define(final UnsafeBuffer buffer, final long number) {
        new SeriesDefinitionOperation()
                .encode(buffer, 0, number, "PERCENT", "rate.x")
                .kind(SeriesKind.STEP.code())
                .scale(2)
                .duplicatePolicy(DuplicatePolicy.REVISE.code())
                .openEnd(1)
                .heartbeatNs(HEARTBEAT_NS);
    }

    private static void requireIntact(final SeriesStore store, final long number) {
        final SeriesRecord record = new SeriesRecord().wrap(store.recordAddress(number));
        assertEquals(DuplicatePolicy.REVISE, record.duplicatePolicy());
        assertEquals(HEARTBEAT_NS, record.heartbeatNs());
        assertEquals(1, record.registrationCount());
        assertEquals(new Registered(List.of(WINDOW), true), store.registeredOf(record));
    }
}
