package io.tollgate.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Groups within groups over the members of one: headings, chapters and sections of a tariff; countries, blocs and
 * larger ones. Each node is the group of all members below it, so its answer is one exact sum over leaves and never an
 * average of averages, and a member that is below a node on two ways counts once. The node {@link #ALL} has all
 * members.
 *
 * <p>The nodes of a member follow from its {@linkplain GroupMember#code() code}: its beginnings of given lengths (HS2,
 * HS4, HS6), and whatever {@linkplain Branch branches} lead to from the code or from one of these. Branches are dated:
 * a member counts in a node while all branches of a way to it hold. A node exists once a member has it. Immutable.
 *
 * @param group         whose members are the leaves.
 * @param prefixLengths the beginnings of codes that are nodes, in characters, increasing; a code that is shorter has no
 *                      such node.
 * @param branches      what belongs to what; no node may be below itself.
 */
public record Hierarchy(Group group, List<Integer> prefixLengths, List<Branch> branches) {
    /** The node of all members. */
    public static final String ALL = "";

    /**
     * Where a member stands.
     *
     * @param node    a node above it.
     * @param fromNs  the first instant at which it is above it.
     * @param untilNs the first instant behind that at which it is not any more.
     */
    public record Place(String node, long fromNs, long untilNs) {}

    /**
     * Checks the branches.
     *
     * @param group         whose members are the leaves.
     * @param prefixLengths the beginnings of codes that are nodes.
     * @param branches      what belongs to what.
     * @throws IllegalArgumentException if a length is not above the one before, or a node is below itself.
     */
    public Hierarchy {
        Objects.requireNonNull(group, "group");
        prefixLengths = List.copyOf(prefixLengths);
        branches = List.copyOf(branches);
        int last = 0;
        for (final int length : prefixLengths) {
            if (length <= last) {
                throw new IllegalArgumentException(
                        "prefixLengths=" + prefixLengths + ", expected lengths above 0 that increase");
            }
            last = length;
        }
        requireNoCircle(branches);
    }

    private static void requireNoCircle(final List<Branch> branches) {
        final Map<String, List<String>> parents = new HashMap<>();
        for (final Branch branch : branches) {
            parents.computeIfAbsent(branch.child(), any -> new ArrayList<>()).add(branch.parent());
        }
        final Set<String> done = new HashSet<>();
        for (final String child : parents.keySet()) {
            requireNoCircle(child, parents, new HashSet<>(), done);
        }
    }

    private static void requireNoCircle(
            final String node, final Map<String, List<String>> parents, final Set<String> way, final Set<String> done) {
        if (!way.add(node)) {
            throw new IllegalArgumentException(
                    "node=" + node + " is below itself, expected branches that lead up; see way=" + way);
        }
        if (done.add(node)) {
            for (final String parent : parents.getOrDefault(node, List.of())) {
                requireNoCircle(parent, parents, way, done);
            }
        }
        way.remove(node);
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
        final List<Branch> all = new ArrayList<>(branches);
        all.addAll(List.of(more));
        return new Hierarchy(group, prefixLengths, all);
    }

    /**
     * Where members of a code stand.
     *
     * @param code of members.
     * @return the nodes above it, {@link #ALL} first; a node to which it belongs at several times has several, disjoint
     *     places.
     */
    public List<Place> places(final String code) {
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
            for (final Branch branch : branches) {
                final long from = Math.max(below.fromNs(), branch.fromNs());
                final long until = Math.min(below.untilNs(), branch.untilNs());
                if (branch.child().equals(below.node()) && from < until) {
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
}
