package io.tollgate.core.watch;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.Instants;
import io.tollgate.api.watch.Subscription;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/**
 * Checks that states from outside are those of an engine, so that subscriptions and watches can continue from them in
 * bounded time. Any thread.
 */
public final class StateCheck {
    private final long nowNs;

    /**
     * Creates a check.
     *
     * @param nowNs the engine clock at the time of the states: all is told up to then.
     */
    public StateCheck(final long nowNs) {
        this.nowNs = nowNs;
    }

    /**
     * Checks the state of a followed series.
     *
     * @param subscription that follows it.
     * @param state        of the series.
     * @throws IllegalArgumentException if it is damaged.
     */
    public void requireFollowed(final Subscription subscription, final byte[] state) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            require("nextRead", in.readLong(), nowNs + 1, Long.MAX_VALUE);
            for (int i = 0; i < subscription.metrics().size(); i++) {
                require("revision", in.readLong(), 0, Long.MAX_VALUE);
                FollowedSeries.statusOf(in.readByte());
                in.readDouble();
                in.readLong();
            }
            for (int i = 0; i < subscription.watches().size(); i++) {
                requireWatch(in, nowNs);
            }
            requireEnd(in);
        } catch (final IOException | DirectoryDamagedException e) {
            throw damage("length=" + state.length, "the state of a followed series", e);
        }
    }

    /**
     * Checks the instant at which watches on panels began.
     *
     * @param startNs the instant.
     * @throws IllegalArgumentException if it is out of range.
     */
    public void requireStart(final long startNs) {
        require("start", startNs, Instants.MIN, Instants.MAX + 1);
    }

    /**
     * Checks the state of a watch on a panel.
     *
     * @param state of the watch; empty before its first event.
     * @throws IllegalArgumentException if it is damaged.
     */
    public void requireWatch(final byte[] state) {
        if (state.length == 0) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            require("lastNumber", in.readLong(), 1, Long.MAX_VALUE);
            requireWatch(in, Long.MIN_VALUE);
            requireEnd(in);
        } catch (final IOException | DirectoryDamagedException e) {
            throw damage("length=" + state.length, "the state of a watch", e);
        }
    }

    /** A watch on a panel reads again from its beginning, so its next read may be in the past. */
    private void requireWatch(final DataInputStream in, final long readToNs) throws IOException {
        final WatchState watch = new WatchState(0);
        watch.read(in);
        requireStart(watch.startNs());
        require("readTo", watch.ranToNs(), Instants.MIN - 1, nowNs);
        require("revision", watch.revision(), watch.count(), Long.MAX_VALUE);
        if (watch.beyondSinceNs() != WatchState.NONE) {
            require("beyondSince", watch.beyondSinceNs(), Instants.MIN, Instants.MAX);
        }
        require("nextCheck", watch.nextCheckNs(), readToNs + 1, Long.MAX_VALUE);
        long beforeNs = watch.startNs();
        if (watch.finalNs() != WatchState.NONE) {
            require("final", watch.finalNs(), beforeNs, Instants.MAX);
            beforeNs = watch.finalNs();
        }
        for (int i = 0; i < watch.count(); i++) {
            require("event", watch.instantNs(i), beforeNs, Instants.MAX);
            beforeNs = watch.instantNs(i);
        }
    }

    private static void requireEnd(final DataInputStream in) throws IOException {
        require("bytesLeft", in.available(), 0, 0);
    }

    private static void require(final String name, final long found, final long least, final long most) {
        if (found < least || found > most) {
            throw damage(name + '=' + found, least + " to " + most, null);
        }
    }

    private static IllegalArgumentException damage(final String found, final String expected, final Exception cause) {
        return new IllegalArgumentException("state " + found + ", expected " + expected, cause);
    }
}
