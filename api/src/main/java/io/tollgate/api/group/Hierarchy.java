package io.tollgate.api.group;

import io.tollgate.api.series.Instants;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Groups within groups over the members of one: headings, chapters and sections of a tariff; countries, blocs and
 * larger ones. Each node is the group of all members below it, so its answer is one exact sum over leaves and never an
 * average of averages, and a member that is below a node on two ways counts once. The node {@link #ALL} has all
 * members.
 *
 * <p>The nodes of a member follow from its {@linkplain GroupMember#code() code}: its beginnings of given lengths (HS2,
 * HS4, HS6), and whatever {@linkplain Branch branches} lead to from the code or from one of these. Branches are dated:
 * a member counts in a node while all branches of a way to it hold. A node exists once a member has it. Immutable.
 */
public final class Hierarchy {
    /** The node of all members. */
    public static final String ALL = "";

    /**
     * Where a member stands.
     *
     * @param node    a node above it.
     * @param fromNs  the first instant at which it is above it.
     * @param untilNs the first instant behind that at which it is not any more.
     */
    public record Place(String node, long fromNs, long untilNs) {
        /**
         * Refuses null.
         *
         * @param node    a node above it.
         * @param fromNs  the first instant at which it is above it.
         * @param untilNs the first instant behind that at which it is not any more.
         */
        public Place {
            Objects.requireNonNull(node, "node");
        }
    }

    private final Group group;
    private final List<Integer> prefixLengths;
    private final List<Branch> branches;
    private final Map<String, List<Branch>> branchesByChild;

    /**
     * A hierarchy by beginnings of codes, by branches, or by both.
     *
     * @param group         whose members are the leaves.
     * @param prefixLengths the beginnings of codes that are nodes, in characters, increasing; a code that is shorter
     *                      has no such node.
     * @param branches      what belongs to what; no node may be below itself.
     * @throws IllegalArgumentException if a length is not above the one before, or a node is below itself.
     */
    public Hierarchy(final Group group, final List<Integer> prefixLengths, final List<Branch> branches) {
        Objects.requireNonNull(branches, "branches");
        Objects.requireNonNull(prefixLengths, "prefixLengths");
        this.group = Objects.requireNonNull(group, "group");
        this.prefixLengths = List.copyOf(prefixLengths);
        this.branches = List.copyOf(branches);
        int last = 0;
        for (final int length : this.prefixLengths) {
            if (length <= last) {
                throw new IllegalArgumentException(
                        "prefixLengths=" + prefixLengths + ", expected lengths above 0 that increase");
            }
            last = length;
        }
        branchesByChild = this.branches.stream().collect(Collectors.groupingBy(Branch::child));
        requireNoCircle();
    }

    /** Takes away the nodes above which nothing is left, again and again: what stays is below itself, or below that. */
    private void requireNoCircle() {
        final Map<String, List<Branch>> branchesByParent =
                branches.stream().collect(Collectors.groupingBy(Branch::parent));
        final Map<String, Integer> openCounts = new LinkedHashMap<>();
        branches.forEach(branch -> openCounts.merge(branch.child(), 1, Integer::sum));
        final Deque<String> tops = new ArrayDeque<>();
        branchesByParent.keySet().stream()
                .filter(node -> !openCounts.containsKey(node))
                .forEach(tops::add);
        while (!tops.isEmpty()) {
            for (final Branch branch : branchesByParent.getOrDefault(tops.poll(), List.of())) {
                if (openCounts.merge(branch.child(), -1, Integer::sum) == 0) {
                    openCounts.remove(branch.child());
                    tops.add(branch.child());
                }
            }
        }
        if (!openCounts.isEmpty()) {
            final Set<String> way = new LinkedHashSet<>();
            String node = openCounts.keySet().iterator().next();
            while (way.add(node)) {
                node = branchesByChild.get(node).stream()
                        .map(Branch::parent)
                        .filter(openCounts::containsKey)
                        .findFirst()
                        .orElseThrow();
            }
            throw new IllegalArgumentException(
                    "node=" + node + " is below itself, expected branches that lead up; see way=" + way);
        }
    }

    /**
     * Nodes by the beginnings of codes.
     *
     * @param group   whose members are the leaves.
     * @param lengths in characters, increasing: 2, 4, 6 for chapters, headings and subheadings.
     * @return the hierarchy.
     * @throws IllegalArgumentException if a length is not above the one before.
     */
    public static Hierarchy byPrefix(final Group group, final int... lengths) {
        Objects.requireNonNull(lengths, "lengths");
        return new Hierarchy(group, Arrays.stream(lengths).boxed().toList(), List.of());
    }

    /**
     * Nodes by branches.
     *
     * @param group    whose members are the leaves.
     * @param branches what belongs to what.
     * @return the hierarchy.
     * @throws IllegalArgumentException if a node is below itself.
     */
    public static Hierarchy of(final Group group, final Branch... branches) {
        Objects.requireNonNull(branches, "branches");
        return new Hierarchy(group, List.of(), List.of(branches));
    }

    /**
     * The same with further branches, also above beginnings of codes: chapters in sections.
     *
     * @param more what belongs to what.
     * @return the changed hierarchy.
     * @throws IllegalArgumentException if a node is below itself.
     */
    public Hierarchy withBranches(final Branch... more) {
        Objects.requireNonNull(more, "more");
        final List<Branch> all = new ArrayList<>(branches);
        all.addAll(List.of(more));
        return new Hierarchy(group, prefixLengths, all);
    }

    /**
     * Whose members are the leaves.
     *
     * @return the group.
     */
    public Group group() {
        return group;
    }

    /**
     * The beginnings of codes that are nodes.
     *
     * @return their lengths in characters, increasing.
     */
    public List<Integer> prefixLengths() {
        return prefixLengths;
    }

    /**
     * What belongs to what.
     *
     * @return the branches, as they were given.
     */
    public List<Branch> branches() {
        return branches;
    }

    /**
     * Where members of a code stand.
     *
     * @param code of members.
     * @return the nodes above it, {@link #ALL} first; a node to which it belongs at several times has several, disjoint
     *     places.
     */
    public List<Place> places(final String code) {
        Objects.requireNonNull(code, "code");
        final Map<String, List<Place>> found = new LinkedHashMap<>();
        found.put(ALL, new ArrayList<>(List.of(new Place(ALL, Instants.MIN, GroupMember.FOR_EVER))));
        final Deque<Place> way = new ArrayDeque<>();
        way.add(new Place(code, Instants.MIN, GroupMember.FOR_EVER));
        for (final int length : prefixLengths) {
            if (length <= code.length()) {
                final Place prefix = new Place(code.substring(0, length), Instants.MIN, GroupMember.FOR_EVER);
                found.put(prefix.node(), new ArrayList<>(List.of(prefix)));
                way.add(prefix);
            }
        }
        while (!way.isEmpty()) {
            final Place below = way.poll();
            for (final Branch branch : branchesByChild.getOrDefault(below.node(), List.of())) {
                final long from = Math.max(below.fromNs(), branch.fromNs());
                final long until = Math.min(below.untilNs(), branch.untilNs());
                if (from < until) {
                    final Place above = new Place(branch.parent(), from, until);
                    if (join(found.computeIfAbsent(above.node(), any -> new ArrayList<>()), above)) {
                        way.add(above);
                    }
                }
            }
        }
        return found.values().stream().flatMap(List::stream).toList();
    }

    /**
     * Adds a place to disjoint ones of its node, and joins it to those that it touches; false if one had it already.
     */
    private static boolean join(final List<Place> places, final Place added) {
        if (places.stream().anyMatch(place -> place.fromNs() <= added.fromNs() && added.untilNs() <= place.untilNs())) {
            return false;
        }
        Place joined = added;
        for (final Place place : List.copyOf(places)) {
            if (place.fromNs() <= joined.untilNs() && joined.fromNs() <= place.untilNs()) {
                places.remove(place);
                joined = new Place(
                        joined.node(),
                        Math.min(place.fromNs(), joined.fromNs()),
                        Math.max(place.untilNs(), joined.untilNs()));
            }
        }
        places.add(joined);
        return true;
    }

    @Override
    public boolean equals(final Object object) {
        return object instanceof Hierarchy other
                && group.equals(other.group)
                && prefixLengths.equals(other.prefixLengths)
                && branches.equals(other.branches);
    }

    @Override
    public int hashCode() {
        return Objects.hash(group, prefixLengths, branches);
    }

    @Override
    public String toString() {
        return "Hierarchy[group=" + group + ", prefixLengths=" + prefixLengths + ", branches=" + branches + ']';
    }
}
