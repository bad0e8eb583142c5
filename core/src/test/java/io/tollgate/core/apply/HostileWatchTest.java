package io.tollgate.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.PanelOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.operation.WatchOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.watch.PanelLedger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.agrona.LangUtil;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A log, or the file of a close, with more subscriptions and panel watches than an engine may have. */
class HostileWatchTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MOST = PanelLedger.MAX_NAMES;
    private static final int MOST_WATCHES = 255;
    private static final long MOST_BYTES = 16 << 20;
    private static final int VERSION = 1;

    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked);

    private final AppliedState state = AppliedState.of(store, ClockMode.KNOWLEDGE, SystemEpochNanoClock.INSTANCE);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 16]);
    private long sequence = 1;

    private void apply() {
        state.applier().apply(buffer, 0, sequence++);
    }

    private void beginPanel(final int number) {
        new PanelOperation().encode(buffer, 0, PanelOperation.BEGIN, MOST_WATCHES, 1, "panel" + number, new byte[0], 0);
        apply();
    }

    private void subscribe(final int number) {
        final Subscription subscription =
                Subscription.of("sub" + number, "*").withMetrics(WatchedMetric.of(Window.last(3), Metric.MEDIAN));
        new WatchOperation().encode(buffer, 0, WatchOperation.BEGIN, SubscriptionText.of(subscription));
        apply();
    }

    @Test
    void shouldTakeNoMemoryForStatesBeforeThereAreAny() {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < MOST; i++) {
            beginPanel(i);
        }
        final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < MOST_BYTES, () -> "bytes=" + allocated);
    }

    @Test
    void shouldRefuseMoreWatchesThanThereCanBe() {
        for (int i = 0; i < MOST; i++) {
            beginPanel(i);
        }
        final IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> beginPanel(MOST));
        assertEquals(
                "subscription=panel1024 sequence=1025 subscriptionCount=1024, expected room for one more within 1024;"
                        + " the log is damaged, restore it from a backup",
                refusal.getMessage());
        new PanelOperation().encode(buffer, 0, PanelOperation.END, 0, 0, "panel7", new byte[0], 0);
        apply();
        beginPanel(MOST);
    }

    @Test
    void shouldRefuseMoreSubscriptionsThanThereCanBe() {
        for (int i = 0; i < MOST; i++) {
            subscribe(i);
        }
        final IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> subscribe(MOST));
        assertTrue(refusal.getMessage().startsWith("subscription=sub1024 sequence=1025 "), refusal::getMessage);
        assertEquals(MOST, state.updates().subscriptions().size());
    }

    private void follow(final String name, final long seriesNumber, final byte[] followed) {
        new WatchOperation().encode(buffer, 0, WatchOperation.FOLLOW, name, seriesNumber, followed);
        apply();
    }

    private static void requireDamage(final String message, final Executable call) {
        final DirectoryDamagedException refusal = assertThrows(DirectoryDamagedException.class, call);
        final String whole = "the subscriptions are damaged: " + message;
        assertTrue(refusal.getMessage().startsWith(whole), refusal::getMessage);
    }

    private void define() {
        new SeriesDefinitionOperation().encode(buffer, 0, 0, "PERCENT", "series.0");
        apply();
    }

    @Test
    void shouldRefuseToFollowForAnUnknownSubscriptionOrSeries() {
        define();
        assertThrows(DirectoryDamagedException.class, () -> follow("sub0", 0, new byte[0]));
        subscribe(0);
        assertThrows(DirectoryDamagedException.class, () -> follow("sub0", 1, new byte[0]));
        final DirectoryDamagedException refusal =
                assertThrows(DirectoryDamagedException.class, () -> follow("sub0", 0, new byte[7]));
        assertEquals("subscription=sub0 stateLength=7, expected a longer state; run recover", refusal.getMessage());
        final byte[] impossible = new byte[1_000];
        requireDamage("stateLength=1000, expected 33; run recover", () -> follow("sub0", 0, impossible));
        Arrays.fill(impossible, (byte) -1);
        requireDamage("status=-1, expected 0 to 8; run recover", () -> follow("sub0", 0, impossible));
        new WatchOperation().encode(buffer, 0, WatchOperation.END, "other");
        assertThrows(DirectoryDamagedException.class, this::apply);
    }

    @Test
    void shouldSkipWhatToFollowAfterALoss() {
        LossOperation.put(buffer, 0, 3);
        apply();
        sequence = 4;
        follow("sub0", 0, new byte[0]);
        subscribe(0);
        follow("sub0", 9, new byte[0]);
        assertEquals(0, state.updates().watchedCount());
    }

    /**
     * The log may have lost the ends of other registrations. The replay skips registrations above the limit, like
     * operations that depend on lost ones.
     */
    @Test
    void shouldSkipRegistrationsAboveTheLimitAfterALoss() {
        LossOperation.put(buffer, 0, 3);
        apply();
        sequence = 4;
        for (int i = 0; i < MOST + 5; i++) {
            beginPanel(i);
            subscribe(i);
        }
        assertEquals(MOST, state.updates().panels().size());
        assertEquals(MOST, state.updates().subscriptions().size());
    }

    @Test
    void shouldRefuseMoreInAFileThanThereCanBe() throws IOException {
        assertRefused("panelCount=1048576", 0, 1 << 20);
        assertRefused("subscriptionCount=1025", MOST + 1, 0);
    }

    private void assertRefused(final String named, final int subscriptions, final int panels) throws IOException {
        final byte[] file = file(subscriptions, panels);
        Refusals.require(IllegalStateException.class, () -> read(file), named);
    }

    @Test
    void shouldTakeNoMemoryForStatesThatAFileHasNot() throws IOException {
        final byte[] file = file(0, MOST);
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        read(file);
        final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertEquals(MOST, state.updates().panels().size());
        assertTrue(allocated < MOST_BYTES, () -> "bytes=" + allocated);
    }

    private void read(final byte[] file) throws IOException {
        state.updates().read(new DataInputStream(new ByteArrayInputStream(file)), SubscriptionText::parse);
    }

    /** Returns a file with counts of subscriptions without entries, and of panel watches with entries. */
    private static byte[] file(final int subscriptions, final int panels) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(0);
        out.writeInt(VERSION);
        out.writeInt(subscriptions);
        out.writeInt(0);
        out.writeInt(panels);
        for (int i = 0; i < Math.min(panels, 2 * MOST); i++) {
            writeText(out, "panel" + i);
            writeText(out, "text");
            out.writeLong(1);
            out.writeInt(MOST_WATCHES);
            out.write(new byte[Integer.BYTES * MOST_WATCHES]);
        }
        return bytes.toByteArray();
    }

    private static void writeText(final DataOutputStream out, final String text) throws IOException {
        out.writeInt(text.length());
        out.writeBytes(text);
    }
}
