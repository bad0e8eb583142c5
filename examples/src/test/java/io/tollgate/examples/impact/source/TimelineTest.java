package io.tollgate.examples.impact.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Instants;
import io.tollgate.examples.impact.data.Announcement;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    @Test
    void shouldReadInstantsWithTheirOffset() throws IOException {
        final TimelineEvent geneva = Timeline.load().get("GENEVA-US");

        assertEquals(Instants.parse("2025-05-14T04:01Z"), geneva.effectiveNs());
        assertEquals(Instants.parse("2025-08-12T04:01Z"), geneva.scheduledEndNs());
        assertEquals(Instants.parse("2025-05-13T00:00-04:00"), geneva.knownNs());
        assertEquals(Verification.PAGE, geneva.source().verification());
    }

    @Test
    void shouldTakeASourceFromMemoryAsUnverified() throws IOException {
        final TimelineEvent listOne = Timeline.load().get("CN-301-1");

        assertEquals(Verification.MEMORY, listOne.source().verification());
        assertFalse(listOne.source().verification().isVerified());
    }

    @Test
    void shouldFindTheMeasureOfADayByTheImposersClock() throws IOException {
        final Timeline timeline = Timeline.load();

        assertEquals(
                "CN-301-1",
                timeline.effectiveOn("CN", LocalDate.of(2018, 7, 6))
                        .orElseThrow()
                        .id());
        assertTrue(timeline.effectiveOn("CN", LocalDate.of(2018, 7, 1)).isEmpty());
    }

    @Test
    void shouldRefuseAnEventThatIsNotThere() throws IOException {
        final Timeline timeline = Timeline.load();

        final IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> timeline.get("NONE"));

        assertTrue(refused.getMessage().startsWith("event=NONE"), refused.getMessage());
    }

    @Test
    void shouldKnowWhenAnAnnouncedRateWasToTakeEffectAndWhenItWasSuperseded() throws IOException {
        final List<Announcement> announcements = Announcement.load(Timeline.load());

        final Announcement us = announcements.get(0);
        assertEquals(Instants.parse("2025-04-09T00:01-04:00"), us.intendedNs());
        assertEquals(Instants.parse("2025-04-09T00:00-04:00"), us.supersededNs());
        final Announcement china = announcements.get(1);
        assertEquals(Instants.parse("2025-04-10T12:01+08:00"), china.intendedNs());
        final Announcement listFourB = announcements.get(2);
        assertEquals(Instants.NONE, listFourB.intendedNs());
        assertEquals(Instants.parse("2019-12-19T00:00-05:00"), listFourB.supersededNs());
    }
}
