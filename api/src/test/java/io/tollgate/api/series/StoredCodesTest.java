package io.tollgate.api.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The codes in files, each written down here, because later versions must read existing data directories. */
class StoredCodesTest {
    @Test
    void shouldKeepTheCodesOfKinds() {
        assertEquals("STEP=0 FLOW=1", text(SeriesKind.values(), SeriesKind::code));
        for (final SeriesKind kind : SeriesKind.values()) {
            assertEquals(kind, SeriesKind.of(kind.code()));
        }
    }

    @Test
    void shouldKeepTheCodesOfDuplicatePolicies() {
        assertEquals(
                "REVISE=1 ALL=2 KEEP_FIRST=3 REJECT=4 SUM=5", text(DuplicatePolicy.values(), DuplicatePolicy::code));
        for (final DuplicatePolicy policy : DuplicatePolicy.values()) {
            assertEquals(policy, DuplicatePolicy.of(policy.code(), SeriesKind.FLOW));
        }
        assertEquals(DuplicatePolicy.REVISE, DuplicatePolicy.of((byte) 0, SeriesKind.STEP));
        assertEquals(DuplicatePolicy.ALL, DuplicatePolicy.of((byte) 0, SeriesKind.FLOW));
    }

    @Test
    void shouldKeepTheCodesOfClockModes() {
        assertEquals("SYSTEM=1 KNOWLEDGE=2 EVENT=3 MANUAL=4", text(ClockMode.values(), ClockMode::code));
        for (final ClockMode mode : ClockMode.values()) {
            assertEquals(mode, ClockMode.of(mode.code()));
            assertTrue(ClockMode.isCode(mode.code()));
        }
        assertFalse(ClockMode.isCode(0));
        assertFalse(ClockMode.isCode(5));
    }

    @Test
    void shouldKeepTheCodesOfRefusalReasons() {
        assertEquals(
                "KNOWLEDGE_DECREASES=1 KNOWLEDGE_MISSING=2 STORE_FULL=3 DUPLICATE=4 NO_SUCH_POINT=5 OVERFLOW=6"
                        + " DISK_FULL=7 BATCH_REFUSED=8 SERIES_CLOSED=9",
                text(RefusalReason.values(), RefusalReason::code));
        for (final RefusalReason reason : RefusalReason.values()) {
            assertEquals(reason, RefusalReason.of(reason.code()));
        }
    }

    @Test
    void shouldKeepTheCodesOfStatuses() {
        assertEquals(
                "UNREAD=8 CONTENDED=0 FORGOTTEN=7 EMPTY=1 INSUFFICIENT=2 UNDEFINED=3 OVERFLOW=4 PARTIAL=5 OK=6",
                text(Status.values(), Status::code));
        for (final Status status : Status.values()) {
            assertEquals(status, Status.of(status.code()));
        }
    }

    @Test
    void shouldKeepTheCodesOfReportingPeriods() {
        assertEquals(
                "MONTH=1 QUARTER=2 YEAR=3",
                text(
                        CalendarPeriod.values(),
                        period -> ReportingPeriod.of(period, ZoneOffset.UTC).code() >>> 56));
        for (final CalendarPeriod period : CalendarPeriod.values()) {
            final ReportingPeriod calendar = ReportingPeriod.of(period, ZoneOffset.ofHours(8));
            assertEquals(calendar, ReportingPeriod.ofCode(calendar.code()));
        }
    }

    private interface Code<E> {
        Number of(E value);
    }

    private static <E extends Enum<E>> String text(final E[] values, final Code<E> code) {
        return Arrays.stream(values)
                .map(value -> value.name() + "=" + code.of(value))
                .collect(Collectors.joining(" "));
    }
}
