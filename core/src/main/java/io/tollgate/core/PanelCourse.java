package io.tollgate.core;

import io.tollgate.api.Group;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.GroupReading;
import io.tollgate.api.Hierarchy;
import io.tollgate.api.HierarchyReading;
import io.tollgate.api.Instants;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Stack;
import io.tollgate.api.StackReading;
import io.tollgate.api.Status;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.Window;
import io.tollgate.core.panel.ChangedSeries;
import io.tollgate.core.panel.GroupWalk;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.watch.WatchedCourse;

/** The course of what is asked of many series, read with a reader of the thread that follows it. */
final class PanelCourse implements WatchedCourse {
    private final PanelLook look;
    private final long[] versions;
    private final ChangedSeries[] shards;
    private boolean isRead;
    private long readAtNs;
    private long nextNs;

    private PanelCourse(final PanelLook look, final ChangedSeries[] shards) {
        this.look = look;
        this.shards = shards;
        versions = new long[shards.length];
    }

    /**
     * A course.
     *
     * @param pairs  reads pairs of series.
     * @param shards of which each tells what of the panel has changed.
     */
    static PanelCourse of(
            final WatchedPanel panel,
            final MemberReader reader,
            final MetricReader pairs,
            final ChangedSeries[] shards) {
        return new PanelCourse(look(panel, reader, pairs), shards);
    }

    private static PanelLook look(final WatchedPanel panel, final MemberReader reader, final MetricReader pairs) {
        if (panel instanceof WatchedPanel.Between of) {
            return new BetweenLook(look(of.first(), reader, pairs), look(of.second(), reader, pairs), of.relation());
        }
        if (panel instanceof WatchedPanel.OfPair of) {
            return new PairLook(of, pairs, reader.levels());
        }
        if (panel instanceof WatchedPanel.OfRatio of) {
            return new RatioLook(of, reader);
        }
        if (panel instanceof WatchedPanel.OfStack of) {
            return new StackLook(of.stack(), reader);
        }
        if (panel instanceof WatchedPanel.OfNode of) {
            return new GroupLook(of.hierarchy(), of.node(), of.metric(), reader);
        }
        final WatchedPanel.OfGroup of = (WatchedPanel.OfGroup) panel;
        return of.window().isPresent()
                ? new WindowLook(of.window().get(), of.group(), of.metric(), reader)
                : new GroupLook(of.group(), of.metric(), reader);
    }

    /** Says that a series has changed; the thread that follows. */
    void changed(final long seriesNumber) {
        look.changed(seriesNumber);
    }

    @Override
    public void begin() {
        isRead = false;
        for (int i = 0; i < shards.length; i++) {
            versions[i] = shards[i].version();
        }
    }

    @Override
    public boolean isStill() {
        boolean isStill = true;
        for (int i = 0; i < shards.length; i++) {
            isStill &= (versions[i] & 1) == 0 && shards[i].version() == versions[i];
        }
        return isStill;
    }

    @Override
    public boolean read(final long atNs) {
        if (!isRead || readAtNs != atNs) {
            isRead = look.read(atNs);
            readAtNs = atNs;
        }
        return isRead;
    }

    @Override
    public Status status() {
        return look.status();
    }

    @Override
    public double value() {
        return look.value();
    }

    @Override
    public boolean findFirst(final long fromNs, final long nowNs) {
        if (fromNs <= nowNs && look.isSteady()) {
            // Something has changed there: to look where nothing has does no harm.
            nextNs = fromNs;
            return true;
        }
        return findNext(fromNs - 1);
    }

    @Override
    public boolean findNext(final long atNs) {
        if (!read(atNs) || !look.findNext(atNs)) {
            return false;
        }
        nextNs = look.nextNs();
        return true;
    }

    @Override
    public long nextNs() {
        return nextNs;
    }

    private static long orNever(final long changesAtNs) {
        return changesAtNs == Publisher.NONE ? NEVER : changesAtNs;
    }

    /** A group, or a node of a hierarchy, at an instant. */
    private static final class GroupLook implements PanelLook {
        private final GroupReading reading;
        private final GroupMetric metric;
        private final GroupWalk walk;

        private GroupLook(final Group group, final GroupMetric metric, final MemberReader reader) {
            reading = reader.newReading(group);
            walk = reader.newWalk(reading);
            this.metric = metric;
        }

        private GroupLook(
                final Hierarchy hierarchy, final String node, final GroupMetric metric, final MemberReader reader) {
            final HierarchyReading nodes = reader.newReading(hierarchy, node);
            reading = nodes.node(node);
            walk = reader.newWalk(nodes);
            this.metric = metric;
        }

        @Override
        public boolean read(final long atNs) {
            return walk.read(atNs);
        }

        @Override
        public void changed(final long seriesNumber) {
            walk.changed(seriesNumber);
        }

        @Override
        public Status status() {
            return reading.status(metric);
        }

        @Override
        public double value() {
            return reading.value(metric);
        }

        @Override
        public boolean findNext(final long atNs) {
            return true;
        }

        @Override
        public long nextNs() {
            return orNever(reading.nextChangeAtNs());
        }
    }

    /** A group over a window: it changes where a member does at one of its ends. */
    private static final class WindowLook implements PanelLook {
        private final Window.Sliding window;
        private final GroupMetric metric;
        private final MemberReader reader;
        private final GroupReading over;
        private final GroupLook atStart;
        private final GroupLook atEnd;

        private WindowLook(
                final Window.Sliding window, final Group group, final GroupMetric metric, final MemberReader reader) {
            this.window = window;
            this.metric = metric;
            this.reader = reader;
            over = reader.newReading(group);
            atStart = new GroupLook(group, metric, reader);
            atEnd = new GroupLook(group, metric, reader);
        }

        @Override
        public boolean read(final long atNs) {
            reader.read(window, atNs, over);
            return over.status(metric) != Status.CONTENDED
                    && atStart.read(Math.max(Instants.MIN, atNs - window.lengthNs()))
                    && atEnd.read(atNs);
        }

        @Override
        public void changed(final long seriesNumber) {
            atStart.changed(seriesNumber);
            atEnd.changed(seriesNumber);
        }

        @Override
        public Status status() {
            return over.status(metric);
        }

        @Override
        public double value() {
            return over.value(metric);
        }

        @Override
        public boolean findNext(final long atNs) {
            return true;
        }

        @Override
        public long nextNs() {
            final long atStartNs = atStart.nextNs();
            final long leavesAtNs = atStartNs > NEVER - window.lengthNs() ? NEVER : atStartNs + window.lengthNs();
            return Math.min(leavesAtNs, atEnd.nextNs());
        }

        @Override
        public boolean isSteady() {
            return false;
        }
    }

    /** A stack, of goods that are entered at an instant. */
    private static final class StackLook implements PanelLook {
        private final StackReading reading;
        private final MemberReader reader;

        private StackLook(final Stack stack, final MemberReader reader) {
            reading = reader.newStackReading(stack);
            this.reader = reader;
        }

        @Override
        public boolean read(final long atNs) {
            reader.readStack(atNs, reading);
            return reading.status() != Status.CONTENDED;
        }

        @Override
        public Status status() {
            return reading.status();
        }

        @Override
        public double value() {
            return reading.rate();
        }

        @Override
        public boolean findNext(final long atNs) {
            return true;
        }

        @Override
        public long nextNs() {
            return orNever(reading.nextChangeAtNs());
        }
    }
}
