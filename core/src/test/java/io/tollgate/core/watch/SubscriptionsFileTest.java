package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.watch.Subscription;
import io.tollgate.core.apply.AppliedState;
import io.tollgate.core.apply.SubscriptionText;
import io.tollgate.core.apply.SubscriptionsFile;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PanelOperation;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.operation.WatchOperation;
import io.tollgate.core.oracle.RandomSubscriptions;
import io.tollgate.core.store.SeriesStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.LangUtil;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file written at a close holds all subscriptions and panel watches. An engine that reads the file continues as if
 * it had never been closed, and refuses an incomplete file.
 */
class SubscriptionsFileTest {
    private static final int SERIES = 4;
    private static final int OPERATIONS = 40;
    private static final int NAMES = 4;
    private static final int CUTS = 50;

    private final long seed = TestSeed.of("SubscriptionsFileTest");
    private final Random random = new Random(seed);
    private final RandomSubscriptions subscriptions = new RandomSubscriptions(random, true);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 16]);
    private final List<SeriesStore> stores = new ArrayList<>();
    private final Map<String, Integer> panels = new HashMap<>();
    private final List<String> subscribed = new ArrayList<>();
    private long sequence;
    private long now;

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        stores.forEach(SeriesStore::close);
    }

    private AppliedState newState() {
        final SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked);
        stores.add(store);
        return stateOf(store);
    }

    private static AppliedState stateOf(final SeriesStore store) {
        return AppliedState.of(store, ClockMode.MANUAL, SystemEpochNanoClock.INSTANCE);
    }

    @Test
    void shouldContinueFromTheFileAsIfNeverClosed() throws IOException {
        for (int i = 0; i < TestEffort.times(4); i++) {
            proceed();
        }
    }

    private void proceed() throws IOException {
        sequence = 0;
        now = 0;
        panels.clear();
        subscribed.clear();
        final AppliedState never = newState();
        AppliedState reopened = newState();
        define(List.of(never, reopened));
        for (int life = 0; life < 3; life++) {
            operate(List.of(never, reopened));
            final Path file = write(never);
            final AppliedState read = stateOf(reopened.store());
            read.clock().advanceTo(now);
            SubscriptionsFile.read(file.getParent(), read.updates());
            requireSame(never, read);
            reopened = read;
        }
        operate(List.of(never, reopened));
        requireSame(never, reopened);
    }

    private void requireSame(final AppliedState expected, final AppliedState found) throws IOException {
        assertEquals(expected.updates().subscriptions(), found.updates().subscriptions(), () -> "seed=" + seed);
        assertEquals(expected.updates().now(), found.updates().now(), () -> "seed=" + seed);
        assertEquals(expected.updates().nextNs(), found.updates().nextNs(), () -> "seed=" + seed);
        assertEquals(expected.updates().watchedCount(), found.updates().watchedCount(), () -> "seed=" + seed);
        assertEquals(panels.size(), found.updates().panels().size(), () -> "seed=" + seed);
        panels.keySet()
                .forEach(name -> assertEquals(
                        expected.updates().panels().text(name),
                        found.updates().panels().text(name)));
        assertArrayEquals(Files.readAllBytes(write(expected)), Files.readAllBytes(write(found)), () -> "seed=" + seed);
    }

    private Path write(final AppliedState state) throws IOException {
        final Path store = Files.createTempDirectory(directory, "store");
        SubscriptionsFile.write(new SystemFileAccess(), store, state.updates());
        return store.resolve("subscriptions");
    }

    @Test
    void shouldRefuseAnIncompleteFile() throws IOException {
        final AppliedState state = newState();
        define(List.of(state));
        operate(List.of(state));
        final Path file = write(state);
        final byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < CUTS; i++) {
            final int length = i == 0 ? whole.length - 1 : random.nextInt(whole.length);
            Files.write(file, Arrays.copyOf(whole, length));
            final AppliedState read = stateOf(state.store());
            final UncheckedIOException refusal = assertThrows(
                    UncheckedIOException.class,
                    () -> SubscriptionsFile.read(file.getParent(), read.updates()),
                    () -> "length=" + length + " seed=" + seed);
            assertTrue(refusal.getMessage().startsWith("file=" + file), refusal::getMessage);
        }
    }

    private void apply(final List<AppliedState> states) {
        sequence++;
        states.forEach(state -> state.applier().apply(buffer, 0, sequence));
    }

    /** Defines levels and flows. */
    private void define(final List<AppliedState> states) {
        for (int i = 0; i < SERIES; i++) {
            final long number = i;
            new SeriesDefinitionOperation()
                    .encode(buffer, 0, number, "PERCENT", "name." + i)
                    .kind(isFlow(i) ? SeriesKind.FLOW.code() : SeriesKind.STEP.code())
                    .lifeStart(OperationDescriptor.MISSING);
            apply(states);
        }
    }

    private static boolean isFlow(final int series) {
        return series % 2 == 1;
    }

    private void operate(final List<AppliedState> states) {
        subscribe(states);
        beginPanel(states, "panel.0");
        for (int i = 0; i < OPERATIONS; i++) {
            switch (random.nextInt(8)) {
                case 0 -> subscribe(states);
                case 1 -> unsubscribe(states);
                case 2 -> changePanel(states, "panel." + random.nextInt(NAMES));
                case 3 -> {
                    now += random.nextInt(2_000);
                    new ClockOperation().encode(buffer, 0, now);
                    apply(states);
                }
                default -> offer(states);
            }
        }
    }

    private void offer(final List<AppliedState> states) {
        final int series = random.nextInt(SERIES);
        final boolean isKnown = isFlow(series) || random.nextInt(8) > 0;
        new PointOperation()
                .encode(
                        buffer,
                        0,
                        isKnown ? OperationDescriptor.POINT : OperationDescriptor.UNKNOWN,
                        OperationDescriptor.NO_BATCH,
                        series,
                        Math.max(0, now + random.nextInt(300) - 200),
                        isKnown ? random.nextInt(1_000) - 500 : OperationDescriptor.MISSING,
                        now,
                        sequence);
        apply(states);
    }

    private void subscribe(final List<AppliedState> states) {
        final Subscription next = subscriptions.next();
        final Subscription subscription = new Subscription(
                "s." + random.nextInt(NAMES),
                random.nextInt(4) == 0 ? next.pattern() : "name.*",
                next.metrics(),
                next.watches(),
                next.options(),
                next.everyNs());
        if (!subscribed.contains(subscription.name())) {
            subscribed.add(subscription.name());
            new WatchOperation().encode(buffer, 0, WatchOperation.BEGIN, SubscriptionText.of(subscription));
            apply(states);
        }
    }

    private void unsubscribe(final List<AppliedState> states) {
        if (subscribed.size() > 1) {
            final String name = subscribed.remove(random.nextInt(subscribed.size()));
            new WatchOperation().encode(buffer, 0, WatchOperation.END, name);
            apply(states);
        }
    }

    private void beginPanel(final List<AppliedState> states, final String name) {
        if (!panels.containsKey(name)) {
            final byte[] text = ("ABOVE 1.0 1.0 0 group " + random.nextLong() + "\n").getBytes(StandardCharsets.UTF_8);
            final int count = 1 + random.nextInt(Subscription.MAX_WATCHES);
            panels.put(name, count);
            new PanelOperation().encode(buffer, 0, PanelOperation.BEGIN, count, now + 1, name, text, text.length);
            apply(states);
        }
    }

    private void changePanel(final List<AppliedState> states, final String name) {
        if (!panels.containsKey(name)) {
            beginPanel(states, name);
        } else if (random.nextInt(3) == 0) {
            panels.remove(name);
            new PanelOperation().encode(buffer, 0, PanelOperation.END, 0, 0, name, new byte[0], 0);
            apply(states);
        } else {
            final byte[] state = new byte[random.nextInt(600)];
            random.nextBytes(state);
            final int watch = random.nextInt(panels.get(name));
            new PanelOperation().encode(buffer, 0, PanelOperation.STATE, watch, 0, name, state, state.length);
            apply(states);
        }
    }
}
