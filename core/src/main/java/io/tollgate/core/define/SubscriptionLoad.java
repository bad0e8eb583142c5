package io.tollgate.core.define;

import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.watch.Subscription;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.apply.SubscriptionText;
import io.tollgate.core.image.EngineImage;
import io.tollgate.core.image.ImageSubscription;
import io.tollgate.core.operation.PanelOperation;
import io.tollgate.core.operation.WatchOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.watch.FollowedState;
import io.tollgate.core.watch.PanelState;
import io.tollgate.core.watch.StateCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Loads the subscriptions and the watches on panels of the image of an engine, after its series. They are logged with
 * the states of their series, a part in each duty cycle. Engine thread only, except the constructor.
 */
public final class SubscriptionLoad implements BooleanSupplier {
    private static final int SERIES_PER_CYCLE = 256;

    /** The most reads at the instants of a grid until the engine clock. */
    private static final long MAX_GRID_READS = 1 << 24;

    private static final byte[] FROM_NOW = {};

    private final ImageLoad.Target target;
    private final OperationJournal journal;
    private final SubscriptionSpace room;
    private final EngineImage image;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final WatchOperation operation = new WatchOperation();
    private final PanelOperation panelOperation = new PanelOperation();
    private int subscription;
    private int series;
    private boolean isBegun;

    /**
     * Checks the subscriptions and watches of an image.
     *
     * @throws IllegalArgumentException if an engine cannot have written them.
     */
    public SubscriptionLoad(final ImageLoad.Target target, final SubscriptionSpace room, final EngineImage image) {
        this.target = target;
        this.room = room;
        this.image = image;
        journal = target.journal();
        final StateCheck check = new StateCheck(image.nowNs());
        image.subscriptions().forEach(told -> subscriptions.add(checked(told, check)));
        image.panels().forEach(panel -> check(panel, check));
    }

    private static Subscription checked(final ImageSubscription told, final StateCheck check) {
        try {
            final Subscription parsed = SubscriptionText.parse(told.text());
            for (final FollowedState followed : told.series()) {
                if (!SeriesPattern.fits(parsed.pattern(), followed.key())) {
                    throw new IllegalArgumentException(
                            "series=" + followed.key() + ", expected one of pattern=" + parsed.pattern());
                }
                check.requireFollowed(parsed, followed.state());
            }
            return parsed;
        } catch (final IllegalArgumentException | IllegalStateException e) {
            throw damage(e);
        }
    }

    private static void check(final PanelState panel, final StateCheck check) {
        try {
            // Checks the name.
            Subscription.of(panel.name(), "*");
            if (panel.states().size() != panel.text().lines().count()) {
                throw new IllegalArgumentException("subscription=" + panel.name() + " watchCount="
                        + panel.states().size() + ", expected one for each line of its text");
            }
            check.requireStart(panel.startNs());
            panel.states().forEach(check::requireWatch);
        } catch (final IllegalArgumentException e) {
            throw damage(e);
        }
    }

    private static IllegalArgumentException damage(final RuntimeException cause) {
        return new IllegalArgumentException(
                "image=engine " + cause.getMessage() + "; the image is damaged: write it again", cause);
    }

    /** Refuses subscriptions whose name is in use, and more than there is room for. */
    public void requirePossible() {
        final Set<String> names = new HashSet<>();
        subscriptions.forEach(loaded -> requireFree(loaded.name(), names));
        image.panels().forEach(panel -> requireFree(panel.name(), names));
    }

    private void requireFree(final String name, final Set<String> names) {
        room.requireSubscription(name, names.size());
        if (!names.add(name)
                || target.updates().find(name).isPresent()
                || target.updates().panels().text(name).isPresent()) {
            throw new IllegalStateException("subscription=" + name
                    + " exists, expected a name that the engine and the image have once; end it before the load");
        }
    }

    /** Continues the load. Returns false if more series remain. */
    @Override
    public boolean getAsBoolean() {
        if (!isBegun) {
            requirePossible();
            for (int i = 0; i < subscriptions.size(); i++) {
                requireGrid(
                        subscriptions.get(i),
                        image.subscriptions().get(i).series().size());
            }
            image.panels().forEach(this::load);
            isBegun = true;
        }
        int left = SERIES_PER_CYCLE;
        while (left > 0 && subscription < subscriptions.size()) {
            left -= loadNext();
        }
        return subscription == subscriptions.size();
    }

    /** Refuses a subscription that would read its series very often to catch up with the clock. */
    private void requireGrid(final Subscription loaded, final int seriesCount) {
        final long toNs = Math.max(target.clock().now(), image.nowNs());
        // Unsigned, because the difference may exceed a long.
        final long behindNs = toNs - image.nowNs();
        if (loaded.everyNs() > 0
                && Long.divideUnsigned(behindNs, loaded.everyNs()) > MAX_GRID_READS / Math.max(1, seriesCount)) {
            throw new IllegalStateException("subscription=" + loaded.name() + " everyNs=" + loaded.everyNs()
                    + " series=" + seriesCount + " behindNs=" + Long.toUnsignedString(behindNs) + ", expected at most "
                    + MAX_GRID_READS
                    + " reads until the engine clock; write the image after the subscription has ended");
        }
    }

    private void load(final PanelState panel) {
        final byte[] text = panel.text().getBytes(StandardCharsets.UTF_8);
        log(panel, PanelOperation.BEGIN, panel.states().size(), panel.startNs(), text);
        for (int watch = 0; watch < panel.states().size(); watch++) {
            final byte[] state = panel.states().get(watch);
            if (state.length > 0) {
                log(panel, PanelOperation.STATE, watch, 0, state);
            }
        }
    }

    private void log(final PanelState panel, final int action, final int watch, final long startNs, final byte[] body) {
        log(panel.name(), PanelOperation.lengthOf(panel.name(), body.length), () -> {
            panelOperation.encode(
                    journal.buffer(), journal.offset(), action, watch, startNs, panel.name(), body, body.length);
            journal.add();
        });
    }

    /** Loads the next series of a subscription, or begins or ends it. Returns the number of series that it took. */
    private int loadNext() {
        final ImageSubscription told = image.subscriptions().get(subscription);
        final String name = subscriptions.get(subscription).name();
        if (series == 0) {
            log(name, WatchOperation.lengthOf(told.text()), () -> {
                target.admission().journalNow();
                encode(WatchOperation.RESUME, told.text(), told.lastNumber(), FROM_NOW);
            });
        }
        if (series == told.series().size()) {
            followOthers(subscriptions.get(subscription), told);
            subscription++;
            series = 0;
            return 1;
        }
        final FollowedState followed = told.series().get(series++);
        final long number = target.store().find(followed.key());
        if (number < 0) {
            throw new IllegalArgumentException("image=engine subscription=" + name + " series=" + followed.key()
                    + ", expected a series of the image; the image is damaged: write it again");
        }
        follow(name, number, followed.state());
        return 1;
    }

    /** Follows the series that the engine had before the load, from now on. */
    private void followOthers(final Subscription loaded, final ImageSubscription told) {
        final SeriesStore store = target.store();
        final Set<String> known = told.series().stream().map(FollowedState::key).collect(Collectors.toSet());
        for (long number = 0; number < store.namedCount(); number++) {
            final String key = store.keyOf(number);
            if (SeriesPattern.fits(loaded.pattern(), key) && !known.contains(key)) {
                follow(loaded.name(), number, FROM_NOW);
            }
        }
    }

    /** The clock follows in the same frame: a state may have a deadline that the clock has passed. */
    private void follow(final String name, final long seriesNumber, final byte[] state) {
        log(name, WatchOperation.lengthOf(name) + state.length, () -> {
            encode(WatchOperation.FOLLOW, name, seriesNumber, state);
            target.admission().journalNow();
        });
    }

    private void encode(final int action, final String text, final long number, final byte[] state) {
        operation.encode(journal.buffer(), journal.offset(), action, text, number, state);
        journal.add();
    }

    private void log(final String name, final int length, final Runnable staging) {
        journal.requireForCommand("subscription=" + name, length);
        try {
            staging.run();
            journal.commit();
        } catch (final RuntimeException e) {
            journal.clear();
            throw e;
        }
    }
}
