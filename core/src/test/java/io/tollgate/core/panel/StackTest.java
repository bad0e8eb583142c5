package io.tollgate.core.panel;

import static io.tollgate.core.fixture.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Batch;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.fixture.GroupFixture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rate on one product from its layers: the worked examples by name, and each operator in edge cases. */
final class StackTest extends GroupFixture {
    private static final long CENTS = 1_417_200;

    /** A customs entry of value 14,172.00 at 25%, 0%, 50% and 2.9%, with each line rounded half up. */
    @Test
    @DisplayName("M7 duty on an entry, line by line")
    void shouldGiveTheDutyOfAnEntryLineByLine() {
        final StackReading reading = read(Stack.of(Composition.of(
                Layer.add("section 301", level("s301", "25")),
                Layer.add("fentanyl", level("fentanyl", "0")),
                Layer.add("section 232", level("s232", "50")),
                Layer.add("mfn", level("mfn", "2.9")))));
        assertEquals(Status.OK, reading.status());
        assertEquals(77.9, reading.rate());
        assertEquals(354_300, reading.duty(0, CENTS));
        assertEquals(0, reading.duty(1, CENTS));
        assertEquals(708_600, reading.duty(2, CENTS));
        assertEquals(41_099, reading.duty(3, CENTS));
        assertEquals(1_103_999, reading.duty(CENTS));
        assertEquals(-1_103_999, reading.duty(-CENTS));
    }

    @Test
    @DisplayName("M7 derivative steel by its share")
    void shouldStackDerivativeSteelByItsShareOfSteel() {
        final StackReading reading = read(Stack.of(Composition.of(
                Layer.add("mfn", level("mfn", "2")),
                Layer.share("232", share("0.40"), level("s232", "50"), level("reciprocal", "10")),
                Layer.add("fentanyl", level("fentanyl", "20")))));
        assertEquals(48, reading.rate());
        assertEquals(26, reading.rate(1));
        assertEquals(680_256, reading.duty(CENTS));
    }

    @Test
    @DisplayName("M7 floor")
    void shouldAddWhatTheBaseLacksOfAFloor() {
        final StepSeries base = level("base", "5");
        final Stack stack =
                Stack.of(Composition.of(Layer.add("mfn", base), Layer.floor("deal", level("floor", "15"), "mfn")));
        assertEquals(10, read(stack).rate(1));
        assertEquals(15, read(stack).rate());
        offer(base, 0, "17.5");
        assertEquals(0, read(stack).rate(1));
        assertEquals(17.5, read(stack).rate());
    }

    @Test
    @DisplayName("M7 changes at one instant apply together")
    void shouldNeverShowAChangeOfALayerWithoutThatOfAnother() {
        final StepSeries before = level("before", "25");
        final StepSeries after = level("after", "0");
        final StackReading reading =
                reader.stack(Stack.of(Composition.of(Layer.add("before", before), Layer.add("after", after))));
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        batch.offer(before, DAY_NS, before.scaled("0"));
        batch.offer(after, DAY_NS, after.scaled("25"));
        final long ticket = batch.commit();
        while (!engine.isApplied(ticket)) {
            reading.read(DAY_NS);
            assertEquals(25, reading.rate());
            engine.step();
        }
        reading.read(DAY_NS);
        assertRates(reading, 0, 25);
        reading.read(DAY_NS - 1);
        assertRates(reading, 25, 0);
    }

    @Test
    void shouldCountTheLargestOfAGroup() {
        final StepSeries a = level("a", "10");
        final StepSeries b = level("b", "25");
        final StepSeries c = level("c", "20");
        final Stack stack = Stack.of(Composition.of(
                Layer.max("a", "metal", a),
                Layer.max("b", "metal", b),
                Layer.add("other", level("other", "1")),
                Layer.max("c", "metal", c)));
        assertRates(read(stack), 0, 25, 1, 0);
        offer(c, 0, "25.01");
        assertRates(read(stack), 0, 0, 1, 25.01);
        offer(a, 0, "25.01");
        assertRates(read(stack), 25.01, 0, 1, 0);
        offer(a, 0, "-3");
        offer(b, 0, "-2");
        offer(c, 0, "-4");
        assertRates(read(stack), 0, -2, 1, 0);
    }

    @Test
    void shouldExemptForATimeAndOverrideWhileTheRateIsKnown() {
        final StepSeries exempt = membership("exempt");
        final StepSeries deal = rate("deal");
        final Stack stack = Stack.of(Composition.of(
                Layer.add("mfn", level("mfn", "2")),
                Layer.add("reciprocal", level("reciprocal", "30")),
                Layer.exempt("exclusion", exempt, "reciprocal"),
                Layer.add("fentanyl", level("fentanyl", "20")),
                Layer.override("deal", deal)));
        assertRates(read(stack), 2, 30, 0, 20, 0);
        offer(exempt, 0, "1");
        assertRates(read(stack), 2, 0, 0, 20, 0);
        offer(deal, 0, "15");
        assertRates(read(stack), 0, 0, 0, 0, 15);
        offer(deal, 0, "");
        offer(exempt, 0, "0");
        assertRates(read(stack), 2, 30, 0, 20, 0);
    }

    /** Two measures add up. A later decision says that only the larger one counts, from the day on which they began. */
    @Test
    void shouldReviseTheCompositionBackInTime() {
        final StepSeries which = membership("which");
        final StepSeries a = level("a", "25");
        final StepSeries b = level("b", "10");
        final Stack stack = Stack.of(
                which,
                Composition.of(Layer.add("autos", a), Layer.add("border", b)),
                Composition.of(Layer.max("autos", "eo", a), Layer.max("border", "eo", b)));
        assertEquals(Status.INSUFFICIENT, read(stack).status());
        assertEquals(-1, read(stack).composition());
        offer(which, 0, "0");
        assertEquals(35, read(stack).rate());
        offer(which, 5 * DAY_NS, "1");
        assertEquals(5 * DAY_NS, read(stack).nextChangeAtNs());
        assertEquals(35, read(stack, 5 * DAY_NS - 1).rate());
        assertEquals(25, read(stack, 5 * DAY_NS).rate());
        assertEquals(1, read(stack, 5 * DAY_NS).composition());
        offer(which, 0, "1");
        assertEquals(25, read(stack).rate());
        assertEquals(Instants.NONE, read(stack, 5 * DAY_NS).nextChangeAtNs());
        offer(which, 0, "2");
        assertEquals(Status.UNDEFINED, read(stack).status());
        assertEquals(Double.NaN, read(stack).rate());
        assertThrows(IllegalStateException.class, () -> read(stack).duty(1));
    }

    /** Goods loaded before the change and entered before the end of grace have the rate of the day of loading. */
    @Test
    void shouldGiveGoodsAfloatTheRateOfTheDayTheyWereLoaded() {
        final StepSeries reciprocal = level("reciprocal", "10");
        final StepSeries mfn = level("mfn", "2");
        offer(reciprocal, 10 * DAY_NS, "34");
        offer(mfn, 10 * DAY_NS, "3");
        final Stack stack = Stack.of(Composition.of(
                Layer.add("mfn", mfn),
                Layer.add("reciprocal", reciprocal).withInTransit(new Layer.InTransit(10 * DAY_NS, 60 * DAY_NS))));
        assertEquals(37, read(stack, 20 * DAY_NS).rate());
        final StackReading reading = reader.stack(stack).read(20 * DAY_NS, 10 * DAY_NS - 1);
        assertRates(reading, 3, 10);
        reading.read(20 * DAY_NS, 10 * DAY_NS);
        assertRates(reading, 3, 34);
        assertEquals(Instants.NONE, reading.nextChangeAtNs());
        reading.read(60 * DAY_NS - 1, 9 * DAY_NS);
        assertRates(reading, 3, 10);
        assertEquals(60 * DAY_NS, reading.nextChangeAtNs(), "the end of grace");
        reading.read(60 * DAY_NS, 9 * DAY_NS);
        assertRates(reading, 3, 34);
    }

    @Test
    void shouldApplyChangesOfOneInstantTogether() {
        final StepSeries a = level("a", "20");
        final StepSeries b = level("b", "0");
        offer(a, DAY_NS, "0");
        offer(b, DAY_NS, "34");
        final Stack stack = Stack.of(Composition.of(Layer.add("a", a), Layer.add("b", b)));
        assertEquals(20, read(stack, DAY_NS - 1).rate());
        assertEquals(DAY_NS, read(stack, DAY_NS - 1).nextChangeAtNs());
        assertEquals(34, read(stack, DAY_NS).rate());
    }

    @Test
    void shouldTreatALayerThatIsNotKnownAsThePolicySays() {
        final Stack stack =
                Stack.of(Composition.of(Layer.add("mfn", level("mfn", "2")), Layer.add("other", rate("other"))));
        assertEquals(Status.INSUFFICIENT, read(stack).status());
        assertEquals(Double.NaN, read(stack).rate(0));
        final StackReading zero = read(stack.withMissing(MissingPolicy.AS_ZERO));
        assertEquals(Status.PARTIAL, zero.status());
        assertEquals(2, zero.rate());
        final StepSeries share = share("1.01");
        assertEquals(
                Status.UNDEFINED,
                read(Stack.of(Composition.of(Layer.share("s", share, level("a", "1"), level("b", "1")))))
                        .status());
    }

    @Test
    void shouldRoundHalfUpAndKnowItsBounds() {
        final StackReading reading = read(Stack.of(Composition.of(Layer.add("a", level("a", "50")))));
        assertEquals(1, reading.duty(1));
        assertEquals(-1, reading.duty(-1));
        assertEquals(Long.MAX_VALUE / 2 + 1, reading.duty(Long.MAX_VALUE));
        assertThrows(IndexOutOfBoundsException.class, () -> reading.duty(1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> reading.rate(-1));
        assertThrows(ArithmeticException.class, () -> reading.duty(Long.MIN_VALUE));
        offer(rate("a"), 0, "300");
        assertThrows(ArithmeticException.class, () -> read(reading.stack()).duty(Long.MAX_VALUE));
    }

    @Test
    void shouldRefuseWhatDoesNotStack() {
        final StepSeries rate = rate("a");
        final StepSeries dollars = weight("a");
        assertRefused("unit=USD", () -> Composition.of(Layer.add("a", dollars)));
        assertRefused(
                "unit=USD scale=1, expected unit=PERCENT",
                () -> Composition.of(Layer.add("a", rate), Layer.add("b", dollars)));
        assertRefused("occurs twice", () -> Composition.of(Layer.add("a", rate), Layer.add("a", rate)));
        assertRefused("refers to b", () -> Composition.of(Layer.add("a", rate), Layer.floor("c", rate, "b")));
        assertRefused("expected FRACTION", () -> Layer.share("a", rate, rate, rate));
        assertRefused("exemptions only", () -> Composition.of(Layer.exempt("a", rate)));
        assertRefused("layers=0", Composition::of);
        final Composition one = Composition.of(Layer.add("a", rate));
        assertRefused("compositions=2", () -> new Stack(List.of(one, one), Optional.empty(), MissingPolicy.FAIL));
        assertRefused("scale=2, expected 0", () -> Stack.of(rate, one));
        assertRefused("cannot be renormalised", () -> Stack.of(one).withMissing(MissingPolicy.DROP_AND_RENORMALISE));
    }

    private static void assertRates(final StackReading reading, final double... rates) {
        double total = 0;
        for (int i = 0; i < rates.length; i++) {
            assertEquals(rates[i], reading.rate(i), "layer " + i);
            total += rates[i];
        }
        assertEquals(total, reading.rate());
    }

    private StackReading read(final Stack stack) {
        return read(stack, 0);
    }

    private StackReading read(final Stack stack, final long entryNs) {
        final StackReading reading = reader.stack(stack).read(entryNs);
        return reading;
    }

    private StepSeries level(final String key, final String value) {
        final StepSeries series = rate(key);
        offer(series, 0, value);
        return series;
    }

    private StepSeries share(final String value) {
        final StepSeries series = engine.defineStep(SeriesDefinition.step("share", Unit.FRACTION, 4));
        offer(series, 0, value);
        return series;
    }
}
