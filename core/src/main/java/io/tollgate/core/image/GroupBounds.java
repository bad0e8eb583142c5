package io.tollgate.core.image;

import io.tollgate.api.LimitExceededException;
import io.tollgate.api.group.Branch;
import io.tollgate.api.group.Concordance;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.group.Recoding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Bounds the memory and the time that the groups of one image take when they are registered. A group of a few bytes can
 * have very many members, because recodings and branches multiply them. Writers and readers accept the same groups. One
 * use, any thread.
 */
public final class GroupBounds {
    /** The most members of all groups, each counted once for every way up to a node. */
    static final long MAX_PLACES = 1 << 20;

    /** The most ways from a member up to its nodes. */
    static final long MAX_WAYS = 1 << 10;

    /** The most nodes of all hierarchies. */
    static final int MAX_NODES = 1 << 16;

    /** The most parts of a recoding. */
    static final int MAX_PARTS = 1 << 10;

    /** The most patterns of all groups. */
    static final int MAX_PATTERNS = 1 << 8;

    private final Iterable<String> keys;
    private final Set<String> nodes = new HashSet<>();
    private long places;
    private int patternCount;

    /**
     * Creates bounds for the groups of one image.
     *
     * @param keys of the series that patterns match.
     */
    public GroupBounds(final Iterable<String> keys) {
        this.keys = keys;
    }

    /**
     * Adds a group.
     *
     * @param group described by its image.
     * @throws LimitExceededException if the groups exceed a bound; its message names it.
     */
    public void add(final ImageGroup group) {
        patternCount += group.patterns().size();
        require("patternCount", patternCount, MAX_PATTERNS);
        long memberCount = 0;
        for (final MemberPattern pattern : group.patterns()) {
            memberCount += pattern.concordance().map(GroupBounds::membersOf).orElse(0L);
        }
        final long ways = group.tree().map(GroupBounds::waysOf).orElse(1L);
        require("ways", ways, MAX_WAYS);
        final Set<String> codes = new HashSet<>();
        group.members().forEach(member -> codes.add(member.code()));
        memberCount += group.members().size() + matching(group.patterns(), codes);
        places += memberCount * ways;
        require("places", places, MAX_PLACES);
        group.tree().ifPresent(tree -> addNodes(tree, codes));
    }

    /** Returns the most members that recodings make: one for each way from an old code to a new one. */
    private static long membersOf(final Concordance concordance) {
        long all = 0;
        final Map<String, Long> held = new HashMap<>();
        for (final List<Recoding> edition : concordance.recodings().stream()
                .collect(Collectors.groupingBy(Recoding::atNs, TreeMap::new, Collectors.toList()))
                .values()) {
            final Map<String, Long> made = new HashMap<>();
            for (final Recoding recoding : edition) {
                require("partCount", recoding.parts().size(), MAX_PARTS);
                final long count = held.getOrDefault(recoding.oldCode(), 1L);
                recoding.parts().forEach(part -> made.merge(part.code(), count, Long::sum));
                all += count * recoding.parts().size();
                require("recodedMembers", all, MAX_PLACES);
            }
            edition.forEach(recoding -> held.put(recoding.oldCode(), 0L));
            made.forEach((code, count) -> held.put(code, held.getOrDefault(code, 1L) + count));
        }
        return all;
    }

    /** Returns the most ways from a code up to nodes, over its prefixes and their branches. */
    private static long waysOf(final ImageGroup.Tree tree) {
        final Map<String, List<Branch>> below = tree.branches().stream().collect(Collectors.groupingBy(Branch::parent));
        final Map<String, Integer> open = new HashMap<>();
        tree.branches().forEach(branch -> open.merge(branch.child(), 1, Integer::sum));
        final Deque<String> next = new ArrayDeque<>();
        below.keySet().stream().filter(node -> !open.containsKey(node)).forEach(next::add);
        final Map<String, Long> waysUp = new HashMap<>();
        long most = 0;
        while (!next.isEmpty()) {
            final String node = next.poll();
            final long above = 1 + waysUp.getOrDefault(node, 0L);
            for (final Branch branch : below.getOrDefault(node, List.of())) {
                final long ways = waysUp.merge(branch.child(), above, Long::sum);
                require("ways", ways, MAX_WAYS);
                most = Math.max(most, ways);
                if (open.merge(branch.child(), -1, Integer::sum) == 0) {
                    next.add(branch.child());
                }
            }
        }
        return (1 + tree.prefixLengths().size()) * (1 + most);
    }

    /** Counts the series that match a pattern of rates, and adds their codes. */
    private long matching(final List<MemberPattern> patterns, final Set<String> codes) {
        long count = 0;
        if (!patterns.isEmpty()) {
            for (final String key : keys) {
                for (final MemberPattern pattern : patterns) {
                    final Optional<String> code = pattern.rate().code(key);
                    code.ifPresent(codes::add);
                    count += code.isPresent() ? 1 : 0;
                }
            }
        }
        return count;
    }

    private void addNodes(final ImageGroup.Tree tree, final Set<String> codes) {
        for (final Branch branch : tree.branches()) {
            nodes.add(branch.parent());
        }
        for (final String code : codes) {
            for (final int length : tree.prefixLengths()) {
                if (length <= code.length()) {
                    nodes.add(code.substring(0, length));
                }
            }
            require("nodeCount", nodes.size(), MAX_NODES);
        }
    }

    private static void require(final String name, final long found, final long most) {
        if (found > most) {
            throw new LimitExceededException(
                    "image=engine groups " + name + '=' + found + ", expected at most " + most
                            + "; leave the largest group out of the image: do not register it",
                    name,
                    most);
        }
    }
}
