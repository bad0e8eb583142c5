package io.tollgate.core.panel;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.series.Instants;
import io.tollgate.core.group.CoveredTime;
import io.tollgate.core.group.MemberLevels;
import io.tollgate.core.group.MemberTable;
import io.tollgate.core.number.GroupSums;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sums the members of a group from their series, at an instant or over a window, for each node above them. Used by one
 * thread.
 */
final class GroupScan implements LevelReader.Attempt {
    /** The sums of a node. */
    static final class Node {
        private final GroupSums sums = new GroupSums();
        private final CoveredTime covered = new CoveredTime();

        GroupSums sums() {
            return sums;
        }

        /** Returns the time of a window in which any member has a weight, in ns, unsigned. */
        long coveredNs() {
            return covered.lengthNs();
        }
    }

    private final MemberTable roster;
    private final MemberLevels member;
    private final long baseNs;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Node> nodesByName = new HashMap<>();
    private boolean isWindow;
    private long startNs;
    private long endNs;
    private long changesAtNs;

    GroupScan(
            final Group group,
            final Optional<Hierarchy> hierarchy,
            final LevelSource source,
            final MemberLevels member) {
        roster = new MemberTable(group, hierarchy, source);
        baseNs = group.weightsFixedAt().orElse(Instants.NONE);
        this.member = member;
        addNodes();
    }

    private void addNodes() {
        while (nodes.size() < roster.nodes().size()) {
            nodes.add(node(roster.nodes().list().get(nodes.size())));
        }
    }

    /** Returns the nodes that have a member, in the order of the members. */
    List<String> nodes() {
        return roster.nodes().list();
    }

    MemberTable roster() {
        return roster;
    }

    LevelSet levels() {
        return roster.levels();
    }

    /** Sets the instant of the next read. */
    GroupScan at(final long atNs) {
        isWindow = false;
        startNs = atNs;
        endNs = atNs;
        return this;
    }

    /** Sets the window of the next read. */
    GroupScan over(final long fromNs, final long toNs) {
        isWindow = true;
        startNs = fromNs;
        endNs = toNs;
        return this;
    }

    @Override
    public void prepare() {
        roster.refresh();
        addNodes();
    }

    @Override
    public boolean read() {
        for (int node = 0; node < nodes.size(); node++) {
            nodes.get(node).sums.clear();
            nodes.get(node).covered.clear();
        }
        changesAtNs = LevelCursor.NEVER;
        boolean isIntact = true;
        for (int i = 0; isIntact && i < roster.size(); i++) {
            isIntact = isWindow ? integrate(i) : add(i);
        }
        return isIntact;
    }

    /** Sums a member over time. Its placements to one node, at several times, are adjacent and count as one. */
    private boolean integrate(final int i) {
        final int end = roster.firstPlacement(i + 1);
        int placement = roster.firstPlacement(i);
        while (placement < end) {
            final int index = roster.placementNode(placement);
            final Node node = nodes.get(index);
            node.sums.beginMember();
            for (; placement < end && roster.placementNode(placement) == index; placement++) {
                if (!member.integrate(roster, i, placement, startNs, endNs, baseNs, node.sums, node.covered)) {
                    return false;
                }
            }
            node.sums.endMember();
        }
        return true;
    }

    private boolean add(final int i) {
        if (!member.place(roster, i, endNs, baseNs == Instants.NONE ? endNs : baseNs)) {
            return false;
        }
        changesAtNs = Math.min(changesAtNs, member.changesAtNs(roster, i, endNs, baseNs != Instants.NONE));
        final long w = member.weight(roster, i, endNs);
        if (w > MemberLevels.NO_WEIGHT) {
            for (int placement = roster.firstPlacement(i); placement < roster.firstPlacement(i + 1); placement++) {
                if (roster.isPlaced(placement, endNs)) {
                    nodes.get(roster.placementNode(placement)).sums.add(w, roster.parts(i), member.rate());
                }
            }
        }
        return true;
    }

    /** Returns the sums of a node, which are empty until it has a member. */
    Node node(final String name) {
        return nodesByName.computeIfAbsent(name, any -> new Node());
    }

    /** Returns the first instant after the read at which a member changes. */
    long changesAtNs() {
        return changesAtNs;
    }
}
