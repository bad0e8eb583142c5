package io.tollgate.api.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Terms and their ends. Each life is a table of levels, {@code instant->rate}. */
final class MeasureTermsTest {
    private static Measure none() {
        return Measure.since(0);
    }

    private static String levels(final Measure measure) {
        return measure.levels().stream()
                .map(level -> level.fromNs() + "->" + level.value())
                .collect(Collectors.joining(" "));
    }

    private static void requireRefused(final String message, final Runnable act) {
        assertEquals(
                message,
                assertThrows(IllegalStateException.class, act::run).getMessage().replace("1970-01-01T00:00:00.", ""));
    }

    @Test
    void shouldTakeAnEndBackWithTheImpositionThatBroughtIt() {
        assertEquals(
                "0->0 10->10",
                levels(none().impose(0, 10, 10).impose(1, 50, 90, 25).withdraw(2, 50)));
        assertEquals(
                "0->0 60->7",
                levels(none().impose(0, 50, 90, 25).withdraw(1, 50).impose(2, 60, 7)));
    }

    @Test
    void shouldEndAsBeforeIfTheTermThatHidTheEndIsWithdrawn() {
        final Measure measure = none().impose(0, 10, 200, 10);
        assertEquals("0->0 10->10 200->0", levels(measure.impose(1, 50, 90, 25).withdraw(2, 50)));
        assertEquals(
                "0->0 10->10 50->25 200->0",
                levels(measure.impose(1, 50, 90, 25).withdraw(2, 90)),
                "its own end taken back");
    }

    @Test
    void shouldTakeItsEndAlongWhenItsBeginningIsMoved() {
        final Measure measure = none().impose(0, 10, 30, 10);
        final String wanted = "0->0 10->10 20->25 90->0";
        assertEquals(wanted, levels(measure.impose(1, 20, 90, 25)));
        assertEquals(wanted, levels(measure.impose(1, 50, 90, 25).postpone(2, 50, 20)));
        assertEquals(
                "0->0 10->10 30->0 60->25 90->0",
                levels(measure.impose(1, 50, 90, 25).postpone(2, 50, 60)));
    }

    @Test
    void shouldStayVoid() {
        final Measure measure = none().impose(0, 10, 100, 10).voidFrom(1, 40);
        final String refusal = ", void from=00000004Z, expected ";
        requireRefused(
                "END from=00000012Z" + refusal + "an end before that: impose the measure again",
                () -> measure.end(2, 120));
        requireRefused(
                "END from=00000004Z" + refusal + "an end before that: impose the measure again",
                () -> measure.end(2, 40));
        requireRefused(
                "POSTPONE from=00000004Z" + refusal + "an instant before that: impose the measure again",
                () -> measure.postpone(2, 40, 60));
        requireRefused(
                "WITHDRAW from=00000004Z" + refusal + "an instant before that: impose the measure again",
                () -> measure.withdraw(2, 40));
        requireRefused(
                "POSTPONE until=00000006Z" + refusal + "a start before that: impose the measure again",
                () -> measure.postpone(2, 10, 60));
        assertEquals("0->0 10->10 30->0", levels(measure.end(2, 30)));
        assertEquals("0->0 10->10 40->0", levels(measure.end(2, 30).withdraw(3, 30)));
        requireRefused(
                "POSTPONE until=00000012Z" + refusal + "an end before that: impose the measure again",
                () -> measure.end(2, 30).postpone(3, 30, 120));
    }

    @Test
    void shouldBeImposedAgainAfterWhatIsVoid() {
        final Measure measure = none().impose(0, 10, 100, 10).voidFrom(1, 40);
        assertEquals("0->0 10->10 40->0 50->20", levels(measure.impose(2, 50, 20)), "for good: the end at 100 is void");
        assertEquals("0->0 10->10 40->20", levels(measure.impose(2, 40, 20)));
        assertEquals("0->0 10->10 40->0", levels(measure.impose(2, 40, 20).withdraw(3, 40)));
        assertEquals(
                "0->0 10->10 40->0 60->20", levels(measure.impose(2, 40, 20).postpone(3, 40, 60)));
        assertEquals("0->0 10->10 20->15 40->0", levels(measure.impose(2, 20, 90, 15)), "before it, until it");
        assertEquals(
                "0->0 10->10 40->0 50->20 70->0",
                levels(measure.impose(2, 50, 20).end(3, 70)));
    }

    @Test
    void shouldEndAtTheStartOfATermThatIsWithdrawnOrMoved() {
        final Measure measure = none().impose(0, 50, 20).impose(1, 10, 50, 10);
        assertEquals("0->0 10->10 50->20", levels(measure));
        assertEquals("0->0 10->10 50->0 60->20", levels(measure.postpone(2, 50, 60)));
        assertEquals("0->0 10->10 50->0", levels(measure.withdraw(2, 50)));
        final Measure over = none().impose(0, 10, 50, 10).impose(1, 50, 20);
        assertEquals("0->0 10->10 50->0", levels(over.withdraw(2, 50)));
        final Measure ended = none().impose(0, 10, 10).end(1, 50).impose(2, 50, 20);
        assertEquals("0->0 10->10 50->0", levels(ended.withdraw(3, 50)));
    }

    /** The act ends the measure, not only one imposition. */
    @Test
    void shouldPassAnEndThatWasSetToTheTermBeforeOrKeepItForTheNext() {
        final Measure both = none().impose(0, 10, 10).impose(1, 50, 25);
        assertEquals("0->0 10->10 120->0", levels(both.end(2, 120).withdraw(3, 50)));
        assertEquals(
                "0->0 10->10 130->0",
                levels(both.impose(2, 50, 90, 25).postpone(3, 90, 130).withdraw(4, 50)),
                "its own end, moved");
        assertEquals(
                "0->0 10->10 40->0",
                levels(none().impose(0, 10, 40, 10)
                        .impose(1, 50, 25)
                        .end(2, 120)
                        .withdraw(3, 50)),
                "it had ended before");
        final Measure next = none().impose(0, 100, 10).end(1, 200).impose(2, 150, 20);
        assertEquals("0->0 150->20 200->0", levels(next.withdraw(3, 100)));
        assertEquals(
                "0->0 20->10 30->5 60->0 150->20 200->0",
                levels(next.impose(3, 30, 60, 5).postpone(4, 100, 20)));
    }

    @Test
    void shouldNotPutOffTheEndOfALaterTermByEndingAnEarlierOne() {
        final Measure later = none().impose(0, 10, 200, 10).impose(1, 100, 20);
        final String wanted = "0->0 10->10 50->15 80->0 100->20 200->0";
        assertEquals(wanted, levels(later.impose(2, 50, 80, 15)));
        assertEquals(wanted, levels(later.impose(2, 50, 15).end(3, 80)));
        assertEquals(
                wanted, levels(later.impose(2, 30, 40, 15).postpone(3, 40, 80).postpone(4, 30, 50)));
        assertEquals(
                "0->0 10->10 50->15 80->0 100->20",
                levels(later.impose(2, 50, 80, 15).withdraw(3, 200)),
                "no end at 200 in any term");
        assertEquals(
                "0->0 10->10 200->0",
                levels(none().impose(0, 10, 10)
                        .end(1, 200)
                        .impose(2, 100, 20)
                        .end(3, 80)
                        .withdraw(4, 80)
                        .withdraw(5, 100)));
    }

    @Test
    void shouldKeepTheEndOfATermThatGetsAnotherRate() {
        final Measure measure = none().impose(0, 10, 50, 10);
        assertEquals("0->0 10->12 50->0", levels(measure.change(1, 10, 12)));
        assertEquals("0->0 10->14 50->0", levels(measure.change(1, 10, 12).impose(2, 10, 14)));
        assertEquals(
                "0->0 20->10 70->7 90->0",
                levels(none().impose(0, 70, 90, 7).impose(1, 20, 80, 10)),
                "what begins before an end has its own");
    }

    @Test
    void shouldApplyAChangeAtAnEndIfTheEndIsWithdrawn() {
        final Measure measure = none().impose(0, 10, 10).change(1, 40, 15).end(2, 40);
        assertEquals("0->0 10->10 40->0", levels(measure));
        assertEquals("0->0 10->10 40->15", levels(measure.withdraw(3, 40)));
        assertEquals("0->0 10->10 40->15 60->0", levels(measure.postpone(3, 40, 60)));
    }

    @Test
    void shouldLeaveNothingOfAnEndThatIsTakenBack() {
        final Measure both = none().impose(0, 10, 200, 10).impose(1, 50, 25);
        assertEquals("0->0 10->10 50->25", levels(both.withdraw(2, 200)));
        assertEquals("0->0 10->10 50->25", levels(both.end(2, 120).withdraw(3, 120)), "moved to 120");
        assertEquals("0->0 10->10 50->25", levels(both.impose(2, 50, 200, 25).withdraw(3, 200)), "of both");
    }

    @Test
    void shouldRefuseABeginningAfterAnEndOfItsOwnThatIsHidden() {
        final Measure measure = none().impose(0, 10, 90, 10).impose(1, 50, 25);
        requireRefused(
                "POSTPONE until=000000095Z, expected a start before the end=00000009Z: postpone the end first",
                () -> measure.postpone(2, 10, 95));
        assertEquals(
                "0->0 50->25 100->10 120->0",
                levels(measure.postpone(2, 90, 120).postpone(3, 10, 100)));
    }

    @Test
    void shouldReplaceAChangeForGood() {
        final Measure measure = none().impose(0, 10, 10).change(1, 40, 15).impose(2, 40, 20);
        assertEquals("0->0 10->10 40->20", levels(measure));
        assertEquals("0->0 10->10", levels(measure.withdraw(3, 40)));
    }
}
