package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.SeriesOrigin;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A handle refers to the series of its number, key, kind, unit and scale, and to no other one. */
class SeriesHandleTest {
    private static final SeriesDefinition LEVEL = SeriesDefinition.step("level", Unit.PERCENT, 2);
    private static final SeriesDefinition FINER = SeriesDefinition.step("level", Unit.PERCENT, 3);
    private static final SeriesDefinition EVENTS = SeriesDefinition.flow("events", Unit.COUNT, 0);

    /** The forged series record has a valid checksum. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                SeriesRecordDescriptor.SERIES_NUMBER_OFFSET,
                SeriesRecordDescriptor.KIND_OFFSET,
                SeriesRecordDescriptor.SCALE_OFFSET,
                SeriesRecordDescriptor.DUPLICATE_POLICY_OFFSET,
                SeriesRecordDescriptor.UNIT_NAME_OFFSET
            })
    void shouldNotBeMadeOfARecordThatNoSeriesCanHave(final int offset) {
        try (SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked)) {
            store.addSeries("level", SeriesKind.STEP.code(), 0, "COUNT", Long.MIN_VALUE)
                    .policies(DuplicatePolicy.REVISE.code(), (byte) 0, 0, 0);
            final long address = store.recordAddress(0);
            final SeriesRecord record = new SeriesRecord().wrap(address);
            assertEquals(
                    0,
                    SeriesHandle.of(store.origin(), record, 0, "level", List.of(), false)
                            .number());
            new UnsafeBuffer(address, SeriesRecordDescriptor.LENGTH).putByte(offset, Byte.MAX_VALUE);
            final IllegalStateException refusal = assertThrows(
                    IllegalStateException.class,
                    () -> SeriesHandle.of(store.origin(), record, 0, "level", List.of(), false));
            assertTrue(refusal.getMessage().startsWith("seriesNumber=0 has "), refusal::getMessage);
        }
    }

    @Test
    void shouldRefuseAHandleOfAnotherKindAsAnUnknownSeries() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            final StepSeries level = engine.defineStep(LEVEL);
            final StepSeries eventsAsStep = new StepSeries(events.number(), LEVEL);
            final FlowSeries levelAsFlow = new FlowSeries(level.number(), EVENTS);
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offer(eventsAsStep, 1, 1));
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offerUnknown(eventsAsStep, 1));
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offer(levelAsFlow, 1, 1));
            engine.awaitApplied(engine.publisher().offer(events, 1, 1));
            engine.awaitApplied(engine.publisher().offerUnknown(level, 1));
            assertEquals(2, engine.admin().statistics().appliedCount());
        }
    }

    @Test
    void shouldRefuseAHandleOfAnotherEngineWhoseNumberIsThatOfAnotherSeries() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT));
                Engine other = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT))) {
            final StepSeries level = engine.defineStep(LEVEL);
            final StepSeries foreign = other.defineStep(SeriesDefinition.step("foreign", Unit.PERCENT, 2));
            assertEquals(level.number(), foreign.number());
            final TestReader reader = new TestReader(engine.newReader());
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offer(foreign, 1, 1));
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().withdraw(foreign, 1));
            assertThrows(IllegalArgumentException.class, () -> reader.readLevel(foreign, 1, reader.newLevelReading()));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> reader.read(foreign, Window.slidingNs(1), 1, reader.newReading()));
        }
    }

    /** Its values would be wrong by powers of ten, or percentages taken for shares. */
    @ParameterizedTest
    @MethodSource("unlike")
    void shouldRefuseAHandleOfAnotherEngineThatDefinesTheSeriesOtherwise(
            final SeriesDefinition definition, final SeriesDefinition otherDefinition) {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT));
                Engine other = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT))) {
            final StepSeries level = engine.defineStep(definition);
            final StepSeries foreign = other.defineStep(otherDefinition);
            assertEquals(level.number(), foreign.number());
            engine.awaitApplied(engine.publisher().offer(level, 1, 10));
            final TestReader reader = new TestReader(engine.newReader());
            final LevelReading reading = reader.newLevelReading();
            assertThrows(IllegalArgumentException.class, () -> reader.readLevel(foreign, 1, reading));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> engine.newPanelReader().group(Group.of(GroupMember.of(foreign))));
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offer(foreign, 2, 2_500_000));
            reader.readLevel(level, 2, reading);
            assertEquals(10, reading.scaledValue());
        }
    }

    static Stream<Arguments> unlike() {
        final SeriesDefinition rate = SeriesDefinition.step("Aa", Unit.PERCENT, 0);
        return Stream.of(
                Arguments.of(rate, SeriesDefinition.step("Aa", Unit.PERCENT, 6)),
                Arguments.of(rate, SeriesDefinition.step("Aa", Unit.FRACTION, 0)),
                Arguments.of(rate, SeriesDefinition.step("BB", Unit.PERCENT, 6)),
                Arguments.of(rate, SeriesDefinition.step("BB", Unit.PERCENT, 0)));
    }

    @Test
    void shouldTakeAHandleOfTheSameSeriesFromAnySource(@TempDir final Path directory) {
        final EngineContext context = TestContext.stepped(ClockMode.EVENT, directory);
        final StepSeries level;
        try (Engine engine = TollgateEngine.launch(context)) {
            level = engine.defineStep(LEVEL);
            final StepSeries again = engine.defineStep(LEVEL.withWindows(Window.slidingNs(1)));
            assertEquals(level.identity(), again.identity());
            engine.awaitApplied(engine.publisher().offer(level, 1, 10));
            engine.awaitApplied(engine.publisher().offer(again, 2, 20));
        }
        try (DirectoryView view = DirectoryView.open(directory)) {
            final TestReader reader = new TestReader(view.newReader());
            final LevelReading reading = reader.level(level, 2);
            assertEquals(20, reading.scaledValue());
            reader.readLevel((StepSeries) view.find("level").orElseThrow(), 1, reading);
            assertEquals(10, reading.scaledValue());
            final StepSeries finer = new StepSeries(level.number(), FINER);
            assertThrows(IllegalArgumentException.class, () -> reader.readLevel(finer, 2, reading));
        }
        try (Engine engine = TollgateEngine.launch(context)) {
            assertEquals(
                    Publisher.UNKNOWN_SERIES, engine.publisher().offer(new StepSeries(level.number(), FINER), 3, 30));
            engine.awaitApplied(engine.publisher().offer(level, 3, 30));
        }
    }

    @Test
    void shouldRefuseAHandleOfAnOriginThatAProgramHasMade() {
        try (Engine engine = TollgateEngine.launch(new EngineContext()
                .timesNearEpochAllowed(true)
                .clockMode(ClockMode.EVENT)
                .threadingMode(ThreadingMode.STEPPED))) {
            final StepSeries level = engine.defineStep(LEVEL);
            final Series forged = new SeriesOrigin().handle(level.number(), FINER);
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offer(forged, 1, 1));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> engine.newReader().level().read((StepSeries) forged, 1));
            engine.awaitApplied(engine.publisher().offer(new SeriesOrigin().handle(level.number(), LEVEL), 1, 1));
            assertEquals(1, engine.admin().statistics().appliedCount());
        }
    }

    /** The program keeps its handles over a restart of the engine. */
    @Test
    void shouldTakeAHandleOfAnotherEngineForTheSeriesOfItsKey() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT));
                Engine other = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT))) {
            engine.defineStep(LEVEL);
            engine.awaitApplied(engine.publisher().offer(other.defineStep(LEVEL), 1, 1));
            assertEquals(1, engine.admin().statistics().appliedCount());
        }
    }
}
