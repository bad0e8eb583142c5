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
 * Nested groups over the members of one group: headings, chapters and sections of a tariff; countries, blocs and larger
 * blocs. Each node is the group of all members below it. So its answer is one exact sum over members, never an average
 * of averages. A member that reaches a node by two paths counts once. The node {@link #ALL} has all members.
 *
 * <pre>{@code
 * Hierarchy tariff = Hierarchy.byPrefix(group, 2, 4, 6).withBranches(Branch.of("85", "XVI"));
 * HierarchyReading reading = reader.hierarchy(tariff, "85", "XVI").read(engine.now());
 * double electrical = reading.node("85").value(GroupMetric.WEIGHTED);
 * }</pre>
 *
 * <p>The nodes of a member follow from its {@linkplain GroupMember#code() code}: the prefixes of given lengths (HS2,
 * HS4, HS6), and all nodes that {@linkplain Branch branches} lead to from the code or from a prefix. Branches are
 * dated: a member counts in a node while all branches of a path to it hold. A node exists after it has had a member.
 * Immutable.
 */
public final class Hierarchy {
    /** The node of all members. */
    public static final String ALL = "";

    /**
     * A node above a code, and the interval for which it is.
     *
     * @param node    the node.
     * @param fromNs  the first instant of the interval.
     * @param untilNs the first instant after the interval.
     */
    public record Place(String node, long fromNs, long untilNs) {
        /**
         * Refuses null.
         *
         * @param node    the node.
         * @param fromNs  the first instant of the interval.
         * @param untilNs the first instant after the interval.
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
     * Creates a hierarchy by prefixes of codes, by branches, or by both.
     *
     * @param group         the group whose members are the leaves.
     * @param prefixLengths the lengths of the prefixes that are nodes, in characters, increasing; a shorter code has no
     *                      such node.
     * @param branches      the edges; no node may be below itself.
     * @throws IllegalArgumentException if the lengths do not increase, or a node is below itself.
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

    /** Sorts the nodes topologically, from the top; the remaining nodes are on a cycle or below one. */
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
                    "node=" + node + " is below itself, expected branches without a cycle; found cycle=" + way);
        }
    }

    /**
     * Returns a hierarchy by prefixes of codes.
     *
     * @param group   the group whose members are the leaves.
     * @param lengths in characters, increasing: 2, 4, 6 for chapters, headings and subheadings.
     * @return the hierarchy.
     * @throws IllegalArgumentException if the lengths do not increase.
     */
    public static Hierarchy byPrefix(final Group group, final int... lengths) {
        Objects.requireNonNull(lengths, "lengths");
        return new Hierarchy(group, Arrays.stream(lengths).boxed().toList(), List.of());
    }

    /**
     * Returns a hierarchy by branches.
     *
     * @param group    the group whose members are the leaves.
     * @param branches the edges.
     * @return the hierarchy.
     * @throws IllegalArgumentException if a node is below itself.
     */
    public static Hierarchy of(final Group group, final Branch... branches) {
        Objects.requireNonNull(branches, "branches");
        return new Hierarchy(group, List.of(), List.of(branches));
    }

    /**
     * Returns a copy with further branches. They may start at prefixes of codes, for example from chapters to sections.
     *
     * @param more the edges to add.
     * @return the changed hierarchy.
     * @throws IllegalArgumentException if a node is below itself.
     */
    public Hierarchy withBranches(final Branch... more) {
        Objects.requireNonNull(more, "more");
        final List<Branch> all = new ArrayList<>(branches);
        all.addAll(List.of(more));
        return new Hierarchy(group, prefixLengths, all);
    }

    /** {@return the group whose members are the leaves} */
    public Group group() {
        return group;
    }

    /** {@return the lengths of the prefixes that are nodes, in characters, increasing} */
    public List<Integer> prefixLengths() {
        return prefixLengths;
    }

    /** {@return the branches, in the order given} */
    public List<Branch> branches() {
        return branches;
    }

    /**
     * Returns the nodes above a code.
     *
     * @param code the code of members.
     * @return the places, {@link #ALL} first; a node with several disjoint intervals has a place for each.
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
     * Adds a place to the disjoint places of its node, merged with those that it touches; false if one covers it
     * already.
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
