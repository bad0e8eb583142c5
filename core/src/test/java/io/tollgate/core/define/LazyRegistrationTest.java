package io.tollgate.core.define;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.admit.TicketOutcomes;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.registration.Registered;
import io.tollgate.core.window.WindowStateBlock;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A registration takes the engine's thread little time in each cycle, for any number of series. */
class LazyRegistrationTest {
    private final EngineOptions options = EngineOptions.of(TestContext.stepped(ClockMode.EVENT));

    @AutoClose
    private final EngineResources resources = EngineResources.open(options);

    private final OperationJournal journal = new OperationJournal(resources, new TicketOutcomes(), 64, 1);
    private final SeriesRegistry registry =
            new SeriesRegistry(resources.store(), journal, options.limits().maxSeriesCount(), () -> {});
    private final WindowRegistrar registrar = new WindowRegistrar(resources.store(), journal, options.limits());
    private final SeriesRecord record = new SeriesRecord();
    private long time;

    @Test
    void shouldMakeTheStatesOfASeriesAgainWithItsNextPoint() {
        define("a.b", Window.slidingNs(30));
        put(0, 80);
        final long before = record.stateBlock();
        final WindowStateBlock states = new WindowStateBlock(resources.store().blocks());
        assertTrue(states.wrap(before));
        assertEquals(1, states.count());

        registrar.register(
                WindowRegistration.of("a.*").withWindows(sliding(1, 7)).withShapes());
        assertEquals(before, record.stateBlock());
        assertFalse(record.keepsShapes());
        final SeriesDefinition definition = registry.find(0).orElseThrow().definition();
        assertEquals(8, definition.windows().size());
        assertTrue(definition.keepsShapes());

        put(0, 1);
        assertTrue(record.keepsShapes());
        assertTrue(states.wrap(record.stateBlock()));
        assertEquals(8, states.count());
        assertEquals(time, states.frontierTime());
        for (final long length : new long[] {30, 1, 2, 3, 4, 5, 6, 7}) {
            assertTrue(states.find(length, 0) >= 0, "length=" + length);
        }
        assertNotEquals(before, record.stateBlock());
        final long reused =
                resources.store().blocks().allocate(BlockDescriptor.sizeClass(before), BlockDescriptor.TYPE_HISTORY, 0);
        assertEquals(before, reused, "the block of the old states is free");
    }

    @Test
    void shouldLeaveSeriesAloneThatThePatternDoesNotFit() {
        define("a.b", Window.slidingNs(30));
        put(0, 80);
        final long states = record.stateBlock();
        registrar.register(
                WindowRegistration.of("b.*").withWindows(sliding(1, 7)).withShapes());
        put(0, 1);
        assertEquals(states, record.stateBlock());
        assertFalse(record.keepsShapes());
        assertEquals(1, registry.find(0).orElseThrow().definition().windows().size());
    }

    @Test
    void shouldKeepNoStateOfWindowsThatAreAnsweredFromSummaries() {
        define("a.b", Window.last(3), Window.since(5));
        put(0, 80);
        assertEquals(BlockDescriptor.NO_BLOCK, record.stateBlock());
        registrar.register(WindowRegistration.of("*").withWindows(Window.last(4), Window.slidingNs(9)));
        put(0, 1);
        final WindowStateBlock states = new WindowStateBlock(resources.store().blocks());
        assertTrue(states.wrap(record.stateBlock()));
        assertEquals(1, states.count());
        assertEquals(9, states.lengthNs(0));
    }

    @Test
    void shouldReadSomeSeriesACycleIfWindowsMayBecomeTooMany() {
        for (int i = 0; i < 1_000; i++) {
            define("a." + i, Window.slidingNs(1_000 + i));
        }
        final RegistrationCheck check =
                new RegistrationCheck(resources.store(), "a.*", new Registered(List.of(sliding(1, 27)), false));
        int cycles = 1;
        while (!check.getAsBoolean()) {
            cycles++;
        }
        assertEquals(4, cycles);

        final WindowRegistration registration = WindowRegistration.of("a.*").withWindows(sliding(1, 27));
        registrar.register(registration);
        assertTrue(registrar.check(registration).getAsBoolean(), "at once if already registered");
    }

    @Test
    void shouldReadNoSeriesIfAllWindowsTogetherAreNotTooMany() {
        for (int i = 0; i < 1_000; i++) {
            define("a." + i, Window.slidingNs(1));
        }
        assertTrue(new RegistrationCheck(resources.store(), "a.*", new Registered(List.of(sliding(1, 28)), false))
                .getAsBoolean());
    }

    private void define(final String key, final Window... windows) {
        registry.define(SeriesDefinition.step(key, Unit.PERCENT, 2).withWindows(windows));
    }

    private static Window[] sliding(final long first, final long last) {
        return LongStream.rangeClosed(first, last).mapToObj(Window::slidingNs).toArray(Window[]::new);
    }

    private void put(final long series, final int count) {
        for (int i = 0; i < count; i++) {
            time++;
            PointOperation.put(
                    journal.buffer(),
                    journal.offset(),
                    OperationDescriptor.POINT,
                    OperationDescriptor.NO_BATCH,
                    series,
                    time,
                    time % 7,
                    time,
                    OperationDescriptor.MISSING);
            journal.add();
            journal.commit();
        }
        record.wrap(resources.store().recordAddress(series));
    }
}
