package io.tollgate.api.licence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.series.Instants;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DayCountTest {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    /** The Labour Day holiday of 2025, and the Sunday before it that was worked. */
    private static final DayCount MAY_2025 = DayCount.workingDays(
            CHINA,
            EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
            List.of(
                    LocalDate.of(2025, 5, 1),
                    LocalDate.of(2025, 5, 2),
                    LocalDate.of(2025, 5, 3),
                    LocalDate.of(2025, 5, 4),
                    LocalDate.of(2025, 5, 5)),
            List.of(LocalDate.of(2025, 4, 27)));

    @ParameterizedTest
    @CsvSource({
        "2025-04-25, 2025-04-25, 0, the day itself does not count",
        "2025-04-25, 2025-04-28, 2, Sunday is worked, and Monday",
        "2025-04-30, 2025-05-05, 0, all of it is holiday",
        "2025-04-30, 2025-05-06, 1, the first day after it",
        "2025-05-06, 2025-04-30, -1, and back"
    })
    void shouldCountWorkingDaysOfAChineseMay(
            final LocalDate from, final LocalDate to, final long expected, final String why) {
        assertEquals(expected, MAY_2025.between(from, to), why);
    }

    @Test
    void shouldReportTheDeadlineOfFortyFiveWorkingDays() {
        assertEquals(
                LocalDate.of(2025, 6, 10),
                MAY_2025.deadline(LocalDate.of(2025, 4, 4), 45),
                "without the Dragon Boat Festival, which is not among its holidays");
        assertEquals(LocalDate.of(2025, 4, 30), MAY_2025.deadline(LocalDate.of(2025, 4, 30), 0));
        assertEquals(LocalDate.of(2025, 5, 6), MAY_2025.deadline(LocalDate.of(2025, 4, 30), 1));
    }

    @Test
    void shouldDateInstantsByItsZone() {
        final long evening = Instants.parse("2025-04-28T17:00Z");
        final long morning = Instants.parse("2025-04-28T01:00Z");
        assertEquals(1, DayCount.calendarDays(CHINA).between(morning, evening), "17:00 in London is tomorrow there");
        assertEquals(0, DayCount.calendarDays(ZoneOffset.UTC).between(morning, evening));
        assertEquals(1, MAY_2025.between(morning, evening));
    }

    /** The oracle counts day by day, over random weekends, holidays and working days. */
    @Test
    void shouldCountLikeACalendarReadDayByDay() {
        for (int seed = 0; seed < 300; seed++) {
            final Random random = new Random(seed);
            final Set<DayOfWeek> weekend = EnumSet.noneOf(DayOfWeek.class);
            for (int i = random.nextInt(4); i > 0; i--) {
                weekend.add(DayOfWeek.of(1 + random.nextInt(7)));
            }
            final LocalDate origin = LocalDate.of(1900 + random.nextInt(200), 1, 1);
            final Set<LocalDate> holidays = dates(random, origin);
            final Set<LocalDate> worked = dates(random, origin);
            final DayCount count = DayCount.workingDays(ZoneOffset.UTC, weekend, holidays, worked);
            final LocalDate from = origin.plusDays(random.nextInt(100));
            LocalDate to = from;
            long expected = 0;
            for (int day = 0; day < 120; day++) {
                assertEquals(expected, count.between(from, to), "seed=" + seed + " " + from + " to " + to);
                assertEquals(-expected, count.between(to, from), "seed=" + seed);
                to = to.plusDays(1);
                final boolean isWeekend = weekend.contains(to.getDayOfWeek());
                if (!holidays.contains(to) && (!isWeekend || worked.contains(to))) {
                    expected++;
                    assertEquals(to, count.deadline(from, expected), "seed=" + seed + " days=" + expected);
                }
            }
        }
    }

    private static Set<LocalDate> dates(final Random random, final LocalDate origin) {
        final Set<LocalDate> dates = new TreeSet<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            dates.add(origin.plusDays(random.nextInt(250)));
        }
        return dates;
    }

    @Test
    void shouldRefuseAWeekWithoutWork() {
        assertThrows(
                IllegalArgumentException.class,
                () -> DayCount.workingDays(CHINA, EnumSet.allOf(DayOfWeek.class), Set.of(), Set.of()));
        assertThrows(IllegalArgumentException.class, () -> MAY_2025.deadline(LocalDate.of(2025, 5, 1), -1));
    }
}
