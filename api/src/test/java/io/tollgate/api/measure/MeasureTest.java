package io.tollgate.api.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Amendment;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The US reciprocal duty on China, by its acts of April 2025 to February 2026, and smaller lives. */
final class MeasureTest {
    private static final LegalCalendar US = LegalCalendar.UNITED_STATES;
    private static final long START = day("2025-01-01");
    private static final long TRUCE = day("2025-05-14");
    private static final long FIRST_END = US.plus(TRUCE, Period.ofDays(90));
    private static final long SECOND_END = US.plus(FIRST_END, Period.ofDays(90));
    private static final long THIRD_END = US.plus(SECOND_END, Period.ofYears(1));

    private static long day(final String date) {
        return US.effective(LocalDate.parse(date));
    }

    /** The evening of a day, when an announcement of that day is known. */
    private static long known(final String date) {
        return US.end(LocalDate.parse(date), EndDate.INCLUSIVE_DAY);
    }

    private static Measure untilTruce() {
        return Measure.since(START)
                .citing(1)
                .impose(known("2025-04-02"), day("2025-04-05"), 10)
                .citing(2)
                .change(known("2025-04-02"), day("2025-04-09"), 34)
                .citing(3)
                .change(known("2025-04-08"), day("2025-04-09"), 84)
                .citing(4)
                .change(known("2025-04-09"), day("2025-04-10"), 125)
                .citing(5)
                .change(known("2025-05-12"), TRUCE, 34)
                .suspend(known("2025-05-12"), TRUCE, FIRST_END, 24);
    }

    private static Measure truce() {
        return untilTruce()
                .citing(6)
                .extend(known("2025-08-11"), SECOND_END)
                .citing(7)
                .extend(known("2025-11-04"), THIRD_END);
    }

    private static String levels(final Measure measure) {
        return String.join(
                ", ",
                measure.levels().stream()
                        .map(level -> US.date(level.fromNs()) + " " + level.value())
                        .toList());
    }

    private static String text(final List<Amendment> changes) {
        return String.join(
                "; ",
                changes.stream()
                        .map(change -> Instants.format(change.validTimeNs()) + " "
                                + (change.isWithdrawal() ? "withdrawn" : change.value()) + " by " + change.reference())
                        .toList());
    }

    @Test
    void shouldHaveThirtyFourOnTheBooksAndTenInForceWhileTwentyFourAreSuspended() {
        final Measure measure = untilTruce();
        assertEquals(34, measure.onTheBooks(TRUCE));
        assertEquals(10, measure.inForce(TRUCE));
        assertEquals(125, measure.inForce(TRUCE - 1));
        assertEquals(10, measure.inForce(FIRST_END - 1));
        assertEquals(34, measure.inForce(FIRST_END));
        assertEquals(0, measure.inForce(START));
    }

    @Test
    void m21CountdownOfTheTruceAsKnownWhenAsked() {
        final Measure measure = truce();
        final long july = Instants.parse("2025-07-01T00:00Z");
        final Suspension inJuly = measure.asKnownAt(july).suspension(july).orElseThrow();
        assertEquals("2025-08-12T04:01:00Z", Instants.format(inJuly.untilNs()));
        assertEquals(Duration.ofDays(42).plusHours(4).plusMinutes(1), Duration.ofNanos(inJuly.countdownNs(july)));
        assertEquals(34, measure.asKnownAt(july).inForce(inJuly.untilNs()), "rate on lapse, from 10");
        assertEquals(10, measure.asKnownAt(july).inForce(july));
        final double elapsed = (47 * 1440 + 19 * 60 + 59) / (90 * 1440.0);
        assertEquals(elapsed, inJuly.shareElapsed(july), 1e-15);

        final long august = known("2025-08-11");
        final Suspension inAugust = measure.asKnownAt(august).suspension(august).orElseThrow();
        assertEquals("2025-11-10T05:01:00Z", Instants.format(inAugust.untilNs()));
        assertEquals(
                "2026-11-10T05:01:00Z",
                Instants.format(measure.suspension(august).orElseThrow().untilNs()),
                "as known at the end");
    }

    /** Shares half way between two doubles, and shares with a non-zero digit after the fortieth. */
    @Test
    void shouldRoundTheShareElapsedOnce() {
        final Suspension suspension =
                new Suspension(Instants.MIN, Instants.MIN + (1L << 62) + (1L << 62), Measure.WHOLE);
        for (long elapsed = 11_839_833_965_415_153L; elapsed < 11_839_833_965_415_353L; elapsed++) {
            assertEquals(Math.scalb((double) elapsed, -63), suspension.shareElapsed(Instants.MIN + elapsed));
        }
    }

    @Test
    void m24AnnouncementLagOfEachAct() {
        final List<Act> acts = truce().acts();
        assertEquals(
                Duration.ofDays(2).plusMinutes(1), Duration.ofNanos(acts.get(0).announcementLagNs()));
        assertEquals(Duration.ofMinutes(1), Duration.ofNanos(acts.get(2).announcementLagNs()));
        assertEquals(
                Duration.ofDays(1).plusMinutes(1), Duration.ofNanos(acts.get(5).announcementLagNs()));
        assertEquals(Duration.ofMinutes(1), Duration.ofNanos(acts.get(6).announcementLagNs()), "on the last evening");
        assertFalse(acts.get(6).isRetroactive());
    }

    @Test
    void shouldWithdrawTheRevivalAtTheOldEndAndAnnounceItAtTheNewOne() {
        Measure measure = untilTruce();
        assertEquals("2025-05-14T04:01:00Z 10 by 5; 2025-08-12T04:01:00Z 34 by 5", text(measure.latestAmendments()));
        measure = measure.citing(6).extend(known("2025-08-11"), SECOND_END);
        assertEquals(
                "2025-08-12T04:01:00Z withdrawn by 6; 2025-11-10T05:01:00Z 34 by 6", text(measure.latestAmendments()));
        measure = measure.citing(7).extend(known("2025-11-04"), THIRD_END);
        assertEquals(
                "2025-11-10T05:01:00Z withdrawn by 7; 2026-11-10T05:01:00Z 34 by 7", text(measure.latestAmendments()));
        measure = measure.citing(8).voidFrom(known("2026-02-20"), Instants.parse("2026-02-20T00:00-05:00"));
        assertEquals(
                "2026-11-10T05:01:00Z withdrawn by 8; 2026-02-20T05:00:00Z 0 by 8", text(measure.latestAmendments()));
        assertTrue(measure.acts().get(8).isRetroactive(), "judged in the evening, void from the morning");
        assertTrue(measure.next(measure.acts().get(8).knownNs()).isEmpty(), "no level is pending");
    }

    @Test
    void shouldReplaceARateBeforeItTookEffect() {
        final Measure measure = truce();
        assertEquals(
                List.of("0", "10", "84", "125", "10", "34"),
                measure.levels().stream().map(level -> "" + level.value()).toList());
        assertEquals(34, measure.asKnownAt(known("2025-04-03")).inForce(day("2025-04-09")), "as announced");
        assertEquals(3, measure.levels().get(2).reference());
        assertEquals(known("2025-04-08"), measure.levels().get(2).knownNs());
    }

    @Test
    void shouldWithdrawAndPostponeATermThatHasNotBegun() {
        final Measure announced =
                Measure.since(START).impose(START, day("2025-02-04"), 25).change(START, day("2025-03-04"), 35);
        final Measure postponed = announced.postpone(day("2025-02-03"), day("2025-02-04"), day("2025-04-02"));
        assertEquals(
                "2025-02-04T05:01:00Z withdrawn by NONE; 2025-03-04T05:01:00Z withdrawn by NONE;"
                        + " 2025-04-02T04:01:00Z 25 by NONE",
                text(postponed.latestAmendments()).replace("" + Instants.NONE, "NONE"),
                "a change has no effect before the measure is imposed");
        final Measure withdrawn = announced.withdraw(day("2025-02-03"), day("2025-03-04"));
        assertEquals(25, withdrawn.inForce(day("2025-06-01")));
        assertEquals(35, announced.inForce(day("2025-06-01")));
    }

    @Test
    void shouldEndAndLastLongerAndEndForGood() {
        final long from = day("2026-02-24");
        final long until = US.plus(from, Period.ofDays(150));
        final Measure measure = Measure.since(START).impose(from, from, until, 10);
        assertEquals(10, measure.inForce(until - 1));
        assertEquals(0, measure.inForce(until));
        final Measure longer = measure.end(day("2026-06-01"), day("2026-12-31"));
        assertEquals(10, longer.inForce(until));
        assertEquals(0, longer.inForce(day("2026-12-31")));
        final Measure again = longer.impose(day("2027-01-01"), day("2027-02-01"), 15);
        assertEquals(0, again.inForce(day("2027-01-31")));
        assertEquals(15, again.inForce(day("2027-02-01")));
        assertEquals(3, measure.levels().size());
    }

    @Test
    void shouldKeepTheTermThatBeginsAtTheEndOfAnother() {
        final Measure later = Measure.since(START).impose(START, day("2025-04-01"), 20);
        final Measure both = later.impose(START, day("2025-02-01"), day("2025-03-01"), 10);
        final String joined = "2025-01-01 0, 2025-02-01 10, 2025-04-01 20";
        assertEquals(joined, levels(later.impose(START, day("2025-02-01"), day("2025-04-01"), 10)), "imposed until");
        assertEquals(joined, levels(both.end(day("2025-01-02"), day("2025-04-01"))), "end moved");
        assertEquals(
                joined, levels(both.postpone(day("2025-01-02"), day("2025-03-01"), day("2025-04-01"))), "postponed");
        assertEquals(
                "2025-01-01 0, 2025-02-01 10, 2025-04-01 20, 2025-05-01 0",
                levels(both.end(day("2025-01-02"), day("2025-04-01")).end(day("2025-01-03"), day("2025-05-01"))),
                "the term that began has an end of its own");
    }

    /** The end of the new act replaces the end of the former one; a term due before that end still begins. */
    @Test
    void shouldBeImposedUntilItsOwnEndAcrossAFormerOne() {
        final Measure former = Measure.since(START).impose(START, day("2025-02-01"), day("2025-03-01"), 5);
        final Measure later = former.impose(START, day("2025-04-01"), 7);
        final String own = "2025-01-01 0, 2025-02-01 5, 2025-02-15 6, 2025-05-01 0";
        assertEquals(own, levels(former.impose(START, day("2025-02-15"), day("2025-05-01"), 6)));
        assertEquals(
                "2025-01-01 0, 2025-02-01 5, 2025-02-15 6, 2025-04-01 7, 2025-05-01 0",
                levels(later.impose(START, day("2025-02-15"), day("2025-05-01"), 6)));
        assertEquals(
                "2025-01-01 0, 2025-02-01 5, 2025-02-15 6, 2025-03-01 0, 2025-04-01 7",
                levels(later.impose(START, day("2025-02-15"), 6)),
                "without an end of its own until that already set");
    }

    @Test
    void shouldChangeTheRateOfATermWhoseBeginningAChangeIsPostponedTo() {
        final Measure measure = Measure.since(START)
                .impose(START, day("2025-02-01"), day("2025-03-01"), 10)
                .impose(START, day("2025-04-01"), 20)
                .change(START, day("2025-02-15"), 15);
        final Measure changed = measure.change(day("2025-01-02"), day("2025-04-01"), 15);
        final Measure postponed = measure.postpone(day("2025-01-02"), day("2025-02-15"), day("2025-04-01"));
        assertEquals("2025-01-01 0, 2025-02-01 10, 2025-03-01 0, 2025-04-01 15", levels(postponed));
        assertEquals(
                levels(changed),
                levels(postponed.change(day("2025-01-03"), day("2025-02-15"), 15)),
                "as a change of that instant does");
    }

    @Test
    void shouldRefuseAChangeAtTheEndAsAfterIt() {
        final Measure measure = Measure.since(START).impose(START, day("2025-02-01"), day("2025-03-01"), 10);
        requireRefused(
                "CHANGE from=2025-03-01T05:01:00Z, expected an instant at which the measure is imposed",
                () -> measure.change(day("2025-01-02"), day("2025-03-01"), 20));
        requireRefused(
                "CHANGE from=2025-03-02T05:01:00Z, expected an instant at which the measure is imposed",
                () -> measure.change(day("2025-01-02"), day("2025-03-02"), 20));
        final Measure changed = measure.change(START, day("2025-02-15"), 15);
        requireRefused(
                "POSTPONE until=2025-03-01T05:01:00Z, expected an instant other than the end of the measure",
                () -> changed.postpone(day("2025-01-02"), day("2025-02-15"), day("2025-03-01")));
        assertEquals(
                "2025-01-01 0, 2025-02-01 10, 2025-03-01 0",
                levels(changed.postpone(day("2025-01-02"), day("2025-02-15"), day("2025-03-02"))),
                "without effect, unless the end is moved after it");
    }

    @Test
    void shouldRefuseABeginningThatIsPostponedToItsEnd() {
        final long from = day("2025-02-01");
        final Measure measure = Measure.since(START).impose(START, from, day("2025-03-01"), 10);
        for (final String date : List.of("2025-03-01", "2025-04-01")) {
            requireRefused(
                    "POSTPONE until=" + Instants.format(day(date))
                            + ", expected a start before the end=2025-03-01T05:01:00Z: postpone the end first",
                    () -> measure.postpone(day("2025-01-02"), from, day(date)));
        }
        assertEquals(
                "2025-01-01 0, 2025-04-01 10, 2025-05-01 0",
                levels(measure.postpone(day("2025-01-02"), day("2025-03-01"), day("2025-05-01"))
                        .postpone(day("2025-01-02"), from, day("2025-04-01"))));
        final Measure again = measure.impose(START, day("2025-04-01"), 20);
        assertEquals(
                "2025-01-01 0, 2025-02-01 10, 2025-03-01 20",
                levels(again.postpone(day("2025-01-02"), day("2025-04-01"), day("2025-03-01"))),
                "to the end of another term");
    }

    @Test
    void shouldLetNothingBeginBeforeItsStart() {
        final Measure imposed = Measure.since(100).impose(100, 200, 10);
        final String refusal =
                "from=1970-01-01T00:00:00.00000005Z, expected an instant not before the start of the measure";
        for (final ActKind kind : ActKind.values()) {
            final boolean hasOther = kind == ActKind.POSTPONE;
            final Act act =
                    new Act(kind, 150, hasOther ? 200 : 50, hasOther ? 50 : Instants.NONE, 0, Publisher.NO_REFERENCE);
            requireRefused(refusal, () -> imposed.with(act));
        }
        requireRefused(refusal, () -> imposed.postpone(150, 200, 50));
        requireRefused("POSTPONE until=none", () -> imposed.postpone(150, 200, Instants.NONE));
        requireRefused("instantNs=9223372036854775807, expected", () -> imposed.postpone(150, 200, Long.MAX_VALUE));
    }

    @Test
    void shouldChangeBackInTimeAndLeaveWhatWasBelievedBefore() {
        final Measure measure = Measure.since(START)
                .impose(day("2025-03-04"), day("2025-03-04"), 25)
                .change(day("2025-04-29"), day("2025-03-10"), 0);
        assertTrue(measure.acts().get(1).isRetroactive());
        assertEquals(0, measure.inForce(day("2025-04-01")));
        assertEquals(25, measure.asKnownAt(day("2025-04-01")).inForce(day("2025-04-01")));
        assertEquals(-Duration.ofDays(50).toNanos(), measure.acts().get(1).announcementLagNs());
    }

    @Test
    void shouldNeverHaveBeenInForceIfVoidFromItsStart() {
        final Measure measure = truce().voidFrom(known("2026-02-20"), START);
        assertEquals(1, measure.levels().size());
        assertEquals(0, measure.inForce(day("2025-04-15")));
        assertEquals(125, measure.asKnownAt(day("2025-04-15")).inForce(day("2025-04-15")));
        assertEquals(5, measure.latestAmendments().size());
        assertTrue(measure.latestAmendments().stream().allMatch(Amendment::isWithdrawal));
    }

    @Test
    void shouldSuspendAWholeRateEvenIfItChanges() {
        final Measure measure = Measure.since(START)
                .impose(START, START, 15)
                .suspend(START, day("2025-02-01"), Instants.NONE, Measure.WHOLE)
                .change(day("2025-02-02"), day("2025-03-01"), 40);
        assertEquals(0, measure.inForce(day("2025-03-01")));
        assertEquals(40, measure.onTheBooks(day("2025-03-01")));
        final Suspension open = measure.suspension(day("2025-03-01")).orElseThrow();
        assertEquals(Instants.NONE, open.countdownNs(START));
        assertTrue(Double.isNaN(open.shareElapsed(START)));
        final Measure ended = measure.extend(day("2025-03-01"), day("2025-04-01"));
        assertEquals(40, ended.inForce(day("2025-04-01")));
        assertEquals(40, ended.extend(day("2025-03-02"), day("2025-02-01")).inForce(day("2025-03-05")), "never was");
        assertEquals(0, ended.extend(day("2025-03-02"), Instants.NONE).inForce(day("2025-12-01")));
    }

    @Test
    void shouldNameTheExpectedAct() {
        final Measure none = Measure.since(START);
        final Measure imposed = none.impose(day("2025-02-01"), day("2025-02-04"), 10);
        requireRefused(
                "CHANGE from=2025-02-04T05:01:00Z, expected an instant at which the measure is imposed",
                () -> none.change(START, day("2025-02-04"), 10));
        requireRefused("END, expected a measure that is imposed", () -> none.end(START, day("2025-02-04")));
        requireRefused(
                "end=2025-02-04T05:01:00Z, expected an end after the start of a rate",
                () -> imposed.end(day("2025-02-02"), day("2025-02-04")));
        requireRefused("EXTEND, expected a suspension", () -> imposed.extend(day("2025-02-02"), day("2025-03-01")));
        requireRefused(
                "WITHDRAW from=2025-02-05T05:01:00Z, expected an instant at which",
                () -> imposed.withdraw(day("2025-02-02"), day("2025-02-05")));
        requireRefused(
                "known=2025-01-02T05:01:00Z, expected a knowledge time not before that of the last act",
                () -> imposed.change(day("2025-01-02"), day("2025-02-05"), 1));
        requireRefused(
                "SUSPEND from=2025-06-01T04:01:00Z, expected a start at or after the end of the last suspension",
                () -> untilTruce().suspend(known("2025-05-13"), day("2025-06-01"), day("2025-06-02"), 5));
        requireRefused(
                "until=2025-05-01T04:01:00Z, expected an end not before the start of the suspension",
                () -> untilTruce().extend(known("2025-05-13"), day("2025-05-01")));
        requireRefused(
                "from=2024-12-31T05:01:00Z, expected an instant not before the start of the measure",
                () -> none.impose(START, day("2024-12-31"), 10));
        requireRefused("IMPOSE value=-1, expected 0 or more", () -> none.impose(START, START, -1));
        requireRefused(
                "SUSPEND until=2025-02-04T05:01:00Z, expected an end after",
                () -> imposed.suspend(day("2025-02-02"), day("2025-02-05"), day("2025-02-04"), 1));
        requireRefused(
                "POSTPONE until=none",
                () -> imposed.with(
                        new Act(ActKind.POSTPONE, day("2025-02-02"), day("2025-02-04"), Instants.NONE, 0, 0)));
    }

    private static void requireRefused(final String reason, final Runnable act) {
        final RuntimeException e = assertThrows(RuntimeException.class, act::run);
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertTrue(e instanceof IllegalArgumentException || e instanceof IllegalStateException, e.toString());
    }
}
