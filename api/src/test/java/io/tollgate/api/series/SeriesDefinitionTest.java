package io.tollgate.api.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesDefinitionTest {
    private static final int MOST = SeriesDefinition.MAX_WINDOWS;
    private static final SeriesDefinition STEP = SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 6);
    private static final SeriesDefinition FLOW = SeriesDefinition.flow("licences.granted", Unit.COUNT, 0);

    @Test
    void shouldDefineASeriesWithoutWindowsOrDeclaredLife() {
        assertEquals(SeriesKind.STEP, STEP.kind());
        assertEquals(SeriesKind.FLOW, FLOW.kind());
        assertEquals(List.of(), STEP.windows());
        assertEquals(Instants.NONE, FLOW.policies().lifeStartNs());
        assertEquals("tariff.US.CN", STEP.key());
        assertEquals(6, STEP.scale());
        assertEquals(Unit.COUNT, FLOW.unit());
    }

    @Test
    void shouldChangeOnlyTheCopy() {
        final Window month = Window.sliding(Duration.ofDays(30));
        final SeriesDefinition changed = FLOW.withWindows(month).withLifeStart(5);
        assertEquals(List.of(month), changed.windows());
        assertEquals(5, changed.policies().lifeStartNs());
        assertEquals(List.of(), FLOW.windows());
        assertEquals(Instants.NONE, FLOW.policies().lifeStartNs());
        assertNotEquals(FLOW, changed);
        assertEquals(changed, FLOW.withLifeStart(5).withWindows(Window.slidingNs(30L * 24 * 3_600_000_000_000L)));
    }

    @Test
    void shouldKeepNoHoldOnTheListOfWindowsItWasGiven() {
        final List<Window> windows = new ArrayList<>(List.of(Window.slidingNs(1)));
        final SeriesDefinition definition = new SeriesDefinition(
                "a", SeriesKind.STEP, Unit.COUNT, 0, SeriesPolicies.defaultOf(SeriesKind.STEP), windows, false);
        windows.add(Window.slidingNs(2));
        assertEquals(List.of(Window.slidingNs(1)), definition.windows());
        assertThrows(
                UnsupportedOperationException.class, () -> definition.windows().add(Window.slidingNs(3)));
    }

    @Test
    void shouldTakeWindowsUpToTheBoundAndNoMore() {
        assertEquals(MOST, STEP.withWindows(windows(MOST)).windows().size());
        assertRefused(
                "series=tariff.US.CN windows=" + (MOST + 1) + ", expected at most " + MOST,
                () -> STEP.withWindows(windows(MOST + 1)));
    }

    @Test
    void shouldRefuseAWindowGivenTwice() {
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> STEP.withWindows(Window.slidingNs(60_000_000_000L), Window.sliding(Duration.ofMinutes(1))));
        assertTrue(refusal.getMessage().endsWith("expected no duplicates"), refusal.getMessage());
    }

    @Test
    void shouldRefuseADeclaredLifeOfAStep() {
        assertRefused(
                "series=tariff.US.CN lifeStartNs=5, expected none: only a FLOW has a declared start of life",
                () -> STEP.withLifeStart(5));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void shouldRefuseALifeThatStartsOutOfRange(final long startNs) {
        assertThrows(IllegalArgumentException.class, () -> FLOW.withLifeStart(startNs));
    }

    @Test
    void shouldRefuseALifeThatStartsOutOfRangeInTheFullConstructorToo() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SeriesPolicies(DuplicatePolicy.ALL, 0, Long.MAX_VALUE, Optional.empty()));
    }

    @Test
    void shouldAcceptALifeThatStartsAtTheEndsOfTheRange() {
        assertEquals(Instants.MIN, FLOW.withLifeStart(Instants.MIN).policies().lifeStartNs());
        assertEquals(Instants.MAX, FLOW.withLifeStart(Instants.MAX).policies().lifeStartNs());
    }

    @Test
    void shouldRefuseABadKeyOrScale() {
        assertThrows(IllegalArgumentException.class, () -> SeriesDefinition.step("tariff.*", Unit.PERCENT, 6));
        assertThrows(IllegalArgumentException.class, () -> SeriesDefinition.flow("", Unit.COUNT, 0));
        assertThrows(IllegalArgumentException.class, () -> SeriesDefinition.flow("a", Unit.COUNT, 10));
        assertThrows(IllegalArgumentException.class, () -> SeriesDefinition.step("a", Unit.COUNT, -1));
    }

    @Test
    void shouldGiveNoHandleOfTheWrongKind() {
        assertRefused("series=licences.granted kind=FLOW, expected STEP", () -> new StepSeries(0, FLOW));
        assertRefused("series=tariff.US.CN kind=STEP, expected FLOW", () -> new FlowSeries(0, STEP));
        assertEquals("licences.granted", new FlowSeries(7, FLOW).key());
    }

    @Test
    void shouldIdentifyASeriesByKeyKindUnitAndScale() {
        final List<SeriesDefinition> unlike = List.of(
                SeriesDefinition.step("Aa", Unit.COUNT, 0),
                SeriesDefinition.step("BB", Unit.COUNT, 0),
                SeriesDefinition.flow("Aa", Unit.COUNT, 0),
                SeriesDefinition.step("Aa", Unit.COUNT, 1),
                SeriesDefinition.step("Aa", new Unit("COUNTA"), 0),
                SeriesDefinition.step("AAa", Unit.COUNT, 0),
                SeriesDefinition.step("a", new Unit("COUNTA"), 0));
        assertEquals(
                unlike.size(),
                unlike.stream().map(SeriesDefinition::identity).distinct().count());
        assertEquals(
                STEP.identity(),
                STEP.withWindows(Window.slidingNs(1)).withShapes().identity());
        assertEquals(new StepSeries(0, STEP).identity(), new StepSeries(1, STEP).identity());
        assertEquals(FLOW.identity(), new FlowSeries(0, FLOW).identity());
    }

    @Test
    void shouldHaveEqualHandlesOfOneNumberAndIdentity() {
        assertEquals(new StepSeries(1, STEP), new StepSeries(1, STEP));
        assertEquals(new FlowSeries(1, FLOW).hashCode(), new FlowSeries(1, FLOW).hashCode());
        assertNotEquals(new StepSeries(1, STEP), new StepSeries(2, STEP));
        assertNotEquals(new FlowSeries(1, FLOW), new FlowSeries(1, SeriesDefinition.flow("another", Unit.COUNT, 0)));
        assertEquals(new FlowSeries(1, FLOW), new FlowSeries(1, FLOW.withWindows(Window.slidingNs(1))));
        assertEquals("StepSeries[1: " + STEP + "]", new StepSeries(1, STEP).toString());
    }

    @Test
    void shouldConvertValuesAtTheScaleOfTheSeries() {
        final Series series = new StepSeries(0, STEP);
        assertEquals(145_000_000, series.scaled("145"));
        assertEquals(4_400_000, series.scaled(4.3999999999999995, RoundingMode.HALF_EVEN));
        assertEquals(-1, series.scaled(new BigDecimal("-0.000001"), RoundingMode.UNNECESSARY));
    }

    @Test
    void shouldNameSeriesValueAndScaleIfAValueIsRefused() {
        final Series series = new StepSeries(0, STEP);
        final String prefix = "series=tariff.US.CN: value=";
        for (final IllegalArgumentException refusal : List.of(
                assertThrows(IllegalArgumentException.class, () -> series.scaled("n/a")),
                assertThrows(IllegalArgumentException.class, () -> series.scaled(0.1234567, RoundingMode.UNNECESSARY)),
                assertThrows(IllegalArgumentException.class, () -> series.scaled(Double.NaN, RoundingMode.HALF_UP)),
                assertThrows(
                        IllegalArgumentException.class,
                        () -> series.scaled(new BigDecimal("1e13"), RoundingMode.UNNECESSARY)))) {
            assertTrue(refusal.getMessage().startsWith(prefix), refusal.getMessage());
            assertTrue(refusal.getMessage().contains(" scale=6, expected "), refusal.getMessage());
        }
    }

    private static Window[] windows(final int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Window::slidingNs).toArray(Window[]::new);
    }

    private static void assertRefused(final String message, final Executable action) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
