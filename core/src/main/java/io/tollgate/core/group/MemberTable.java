package io.tollgate.core.group;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.series.Instants;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.agrona.collections.IntArrayList;

/**
 * The members of a group in columns: the indexes of their series in a set, the time for which they belong to it, and
 * the nodes of a hierarchy above them. A group without a hierarchy has one node. {@link #refresh()} finds members by
 * pattern and appends them. Two tables of an engine find them in the same order. Used by one thread.
 */
public final class MemberTable {
    /** The index of a series that a member does not have. */
    public static final int NONE = -1;

    /** The node of all members. */
    static final int ALL = 0;

    private final LevelSet levels;
    private final Optional<Hierarchy> hierarchy;
    private final Optional<PatternMembers> patterns;
    private final long denominator;
    private final NodeNames nodes = new NodeNames();
    private int[] rates;
    private int[] weights;
    private int[] memberships;
    private long[] parts;
    private long[] fromNs;
    private long[] untilNs;
    private int[] firstPlacements;
    private int size;
    private long fingerprint;
    private final IntArrayList retired = new IntArrayList();
    private MemberFingerprint edition = MemberFingerprint.NONE;
    private int[] placementNodes = new int[8];
    private long[] placementFromNs = new long[8];
    private long[] placementUntilNs = new long[8];

    /** Creates a table of the listed members of a group, or of a hierarchy. */
    public MemberTable(final Group group, final Optional<Hierarchy> hierarchy, final LevelSource source) {
        levels = source.newSet();
        this.hierarchy = hierarchy;
        denominator = group.shareDenominator();
        nodes.indexOf(Hierarchy.ALL);
        final List<GroupMember> members = group.members();
        final int capacity = Math.max(8, members.size());
        rates = new int[capacity];
        weights = new int[capacity];
        memberships = new int[capacity];
        parts = new long[capacity];
        fromNs = new long[capacity];
        untilNs = new long[capacity];
        firstPlacements = new int[capacity + 1];
        for (final GroupMember member : members) {
            add(
                    member.code(),
                    levels.add(member.rate()),
                    member.weight().map(levels::add).orElse(NONE),
                    member.membership().map(levels::add).orElse(NONE),
                    member.share().numerator() * (denominator / member.share().denominator()),
                    member.fromNs(),
                    member.untilNs());
        }
        patterns = group.patterns().isEmpty() ? Optional.empty() : Optional.of(new PatternMembers(group, source, this));
    }

    /**
     * Adds the members by pattern that were defined since the last call. Allocates if there are any. Called while the
     * store is open.
     */
    public void refresh() {
        if (patterns.isPresent()) {
            patterns.get().takeNew();
        }
    }

    /** Adds a member whose series are in the set. */
    void add(
            final String code,
            final int rate,
            final int weight,
            final int membership,
            final long partCount,
            final long from,
            final long until) {
        if (size == rates.length) {
            grow(2 * size);
        }
        rates[size] = rate;
        weights[size] = weight;
        memberships[size] = membership;
        parts[size] = partCount;
        fromNs[size] = from;
        untilNs[size] = until;
        firstPlacements[size + 1] = firstPlacements[size];
        if (hierarchy.isEmpty()) {
            place(ALL, Instants.MIN, GroupMember.FOR_EVER);
        } else {
            for (final Hierarchy.Place place : hierarchy.get().places(code)) {
                place(nodes.indexOf(place.node()), place.fromNs(), place.untilNs());
            }
        }
        size++;
        fingerprint += identity(size - 1);
    }

    private long identity(final int member) {
        final long weight = weights[member] == NONE ? NONE : levels.seriesNumber(weights[member]);
        final long series = MemberFingerprint.mixed(levels.seriesNumber(rates[member])) + weight;
        return MemberFingerprint.mixed(
                MemberFingerprint.mixed(MemberFingerprint.mixed(series) + parts[member]) + fromNs[member]);
    }

    /** Removes a member from the group at all instants, because other members have replaced it. It keeps its number. */
    void retire(final int member) {
        fingerprint -= identity(member);
        fromNs[member] = GroupMember.FOR_EVER;
        untilNs[member] = GroupMember.FOR_EVER;
        retired.addInt(member);
    }

    /** Returns the retired members, in the order of their retirement. */
    IntArrayList retired() {
        return retired;
    }

    boolean isRetired(final int member) {
        return fromNs[member] == GroupMember.FOR_EVER;
    }

    /** Returns the number of members that are not retired. */
    int standingCount() {
        return size - retired.size();
    }

    private void grow(final int capacity) {
        rates = Arrays.copyOf(rates, capacity);
        weights = Arrays.copyOf(weights, capacity);
        memberships = Arrays.copyOf(memberships, capacity);
        parts = Arrays.copyOf(parts, capacity);
        fromNs = Arrays.copyOf(fromNs, capacity);
        untilNs = Arrays.copyOf(untilNs, capacity);
        firstPlacements = Arrays.copyOf(firstPlacements, capacity + 1);
    }

    private void place(final int node, final long from, final long until) {
        final int placement = firstPlacements[size + 1]++;
        if (placement == placementNodes.length) {
            placementNodes = Arrays.copyOf(placementNodes, 2 * placement);
            placementFromNs = Arrays.copyOf(placementFromNs, 2 * placement);
            placementUntilNs = Arrays.copyOf(placementUntilNs, 2 * placement);
        }
        placementNodes[placement] = node;
        placementFromNs[placement] = from;
        placementUntilNs[placement] = until;
    }

    public LevelSet levels() {
        return levels;
    }

    public int size() {
        return size;
    }

    /** Returns the nodes that have a member, by their index. */
    public NodeNames nodes() {
        return nodes;
    }

    /** Returns the number of parts into which weights are divided. */
    public long denominator() {
        return denominator;
    }

    /** Returns the identity of the current members and their nodes. */
    MemberFingerprint edition() {
        if (!edition.isOf(this)) {
            edition = new MemberFingerprint(
                    standingCount(),
                    leftOutCount(),
                    fingerprint,
                    edition.nodes().size() == nodes.size() ? edition.nodes() : List.copyOf(nodes.list()));
        }
        return edition;
    }

    /** See {@link MemberFingerprint}. */
    long fingerprint() {
        return fingerprint;
    }

    /** Returns the number of series that match a pattern but are left out: they have another unit or scale. */
    public int leftOutCount() {
        return patterns.isEmpty() ? 0 : patterns.get().leftOutCount();
    }

    int rate(final int member) {
        return rates[member];
    }

    /** Returns the index of the weight, {@link #NONE} if the member's weight is always 1. */
    int weight(final int member) {
        return weights[member];
    }

    /** Returns the index of the membership, {@link #NONE} if the member always belongs to the group. */
    int membership(final int member) {
        return memberships[member];
    }

    /** Returns the number of parts of the weight that count. */
    public long parts(final int member) {
        return parts[member];
    }

    long fromNs(final int member) {
        return fromNs[member];
    }

    long untilNs(final int member) {
        return untilNs[member];
    }

    /** Returns the first placement of a member. The placements of the next member follow. */
    public int firstPlacement(final int member) {
        return firstPlacements[member];
    }

    /** Returns the number of placements of all members. */
    int placementCount() {
        return firstPlacements[size];
    }

    /** Returns the node of a placement. */
    public int placementNode(final int placement) {
        return placementNodes[placement];
    }

    long placementFromNs(final int placement) {
        return placementFromNs[placement];
    }

    long placementUntilNs(final int placement) {
        return placementUntilNs[placement];
    }

    public boolean isPlaced(final int placement, final long atNs) {
        return atNs >= placementFromNs[placement] && atNs < placementUntilNs[placement];
    }

    /** Returns the instant since which the member has had its nodes of an instant. */
    long placementsSinceNs(final int member, final long atNs) {
        long sinceNs = Instants.MIN;
        for (int placement = firstPlacements[member]; placement < firstPlacements[member + 1]; placement++) {
            if (atNs >= placementUntilNs[placement]) {
                sinceNs = Math.max(sinceNs, placementUntilNs[placement]);
            } else if (atNs >= placementFromNs[placement]) {
                sinceNs = Math.max(sinceNs, placementFromNs[placement]);
            }
        }
        return sinceNs;
    }

    /** Returns the first later instant at which the nodes of the member change. */
    long placementsChangeAtNs(final int member, final long atNs) {
        long changesAtNs = LevelCursor.NEVER;
        for (int placement = firstPlacements[member]; placement < firstPlacements[member + 1]; placement++) {
            if (atNs < placementFromNs[placement]) {
                changesAtNs = Math.min(changesAtNs, placementFromNs[placement]);
            } else if (atNs < placementUntilNs[placement]) {
                changesAtNs = Math.min(changesAtNs, placementUntilNs[placement]);
            }
        }
        return changesAtNs;
    }
}
