package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Update;
import io.tollgate.api.watch.UpdateHandler;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The overflow list of a BLOCK queue beside its slots. */
class UpdateRingTest {
    private final UpdateRing ring =
            new UpdateRing(new QueueOptions(2, OverflowPolicy.BLOCK), false, 3, (round, isListened) -> false);
    private final List<String> recorded = new ArrayList<>();
    private final UnsafeBuffer offered = new UnsafeBuffer(new byte[UpdateDescriptor.LENGTH]);

    private final UpdateHandler handler = new UpdateHandler() {
        @Override
        public void onUpdate(final Update update) {
            recorded.add(Long.toString(update.number()));
        }

        @Override
        public void onGap(final long firstNumber, final long lastNumber) {
            recorded.add(firstNumber + " to " + lastNumber + " lost");
        }
    };

    private void offer(final int first, final int last) {
        for (int number = first; number <= last; number++) {
            offered.putLong(UpdateDescriptor.NUMBER_OFFSET, number);
            ring.offer(offered);
        }
    }

    @Test
    void shouldReportWhatItCannotKeepAsAGap() {
        offer(1, 7);
        assertEquals(5, ring.poll(handler, 100));
        assertEquals(List.of("1", "2", "3", "4", "5", "6 to 7 lost"), recorded);
        offer(8, 10);
        ring.poll(handler, 100);
        assertEquals(List.of("8", "9", "10"), recorded.subList(6, recorded.size()));
        assertEquals(2, ring.lostCount());
    }

    @Test
    void shouldKeepInOrderWhatComesWhileSomeIsTaken() {
        offer(1, 4);
        ring.poll(handler, 3);
        offer(5, 6);
        ring.poll(handler, 100);
        offer(7, 7);
        ring.poll(handler, 100);
        assertEquals(List.of("1", "2", "3", "4", "5", "6", "7"), recorded);
    }
}
