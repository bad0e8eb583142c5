package io.tollgate.core.panel;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.series.Status;
import io.tollgate.core.group.GroupState;
import io.tollgate.core.group.MemberFingerprint;
import io.tollgate.core.group.MemberLevels;
import io.tollgate.core.group.MemberTable;
import io.tollgate.core.group.SumsTarget;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.number.GroupSums;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One read of a group or a hierarchy, over and over: from what is kept of it where that is of the instant, else from
 * its members; into the answers of its nodes. Used by one thread.
 */
public final class PanelRead implements SumsTarget {
    private final Group group;
    private final GroupScan scan;
    private final Optional<GroupState> state;
    private final GroupQuotients quotients;
    private final List<String> wanted;
    /** The answers of the nodes that are wanted: a read costs nothing for the others. */
    private final List<GroupAnswer> answers = new ArrayList<>();

    private final Map<String, GroupAnswer> answersByName = new HashMap<>();
    /** Those of the answers whose nodes have a member, and which nodes these are. */
    private final List<GroupAnswer> standing = new ArrayList<>();

    private final List<String> standingNodes = new ArrayList<>();
    private int nodeCount;
    private List<String> keptNodes = List.of();
    private int[] keptIndexes = {};
    private long keptUntilNs;

    /**
     * A read.
     *
     * @param state  what is kept, empty if nothing is.
     * @param wanted which nodes are; none for all that have a member.
     */
    PanelRead(
            final Group group,
            final Optional<Hierarchy> hierarchy,
            final LevelSource source,
            final MemberLevels member,
            final Optional<GroupState> state,
            final GroupQuotients quotients,
            final List<String> wanted) {
        this.group = group;
        this.state = state;
        this.quotients = quotients;
        this.wanted = wanted;
        scan = new GroupScan(group, hierarchy, source, member);
        wanted.forEach(this::addAnswer);
        addStanding();
    }

    private GroupAnswer addAnswer(final String node) {
        final GroupAnswer answer = new GroupAnswer(group, scan, node, quotients);
        answers.add(answer);
        answersByName.put(node, answer);
        return answer;
    }

    /** Looks at the nodes that have a member since. */
    private void addStanding() {
        for (; nodeCount < scan.roster().nodes().size(); nodeCount++) {
            final String node = scan.roster().nodes().list().get(nodeCount);
            final GroupAnswer answer = wanted.isEmpty() ? addAnswer(node) : answersByName.get(node);
            if (answer != null) {
                standing.add(answer);
                standingNodes.add(node);
            }
        }
    }

    /** The members as of the last read. */
    public MemberTable roster() {
        return scan.roster();
    }

    /** The nodes that are answered. */
    List<String> nodes() {
        return wanted.isEmpty() ? scan.roster().nodes().list() : wanted;
    }

    /** The answer of a node, null if it is not wanted: an Optional would be garbage for each read. */
    GroupAnswer answer(final String node) {
        return answersByName.get(node);
    }

    /** Takes in what was defined up to now. */
    void prepare(final LevelReader reader) {
        reader.prepare(scan);
        addStanding();
    }

    /** Reads at an instant from what is kept, if it is of that instant. */
    public boolean tryReadState(final long atNs) {
        if (state.isEmpty() || !state.get().tryRead(atNs, this)) {
            return false;
        }
        at(atNs);
        return true;
    }

    /** Answers at an instant from what was taken. */
    void at(final long atNs) {
        at(atNs, keptUntilNs);
    }

    @Override
    public boolean take(final GroupSums[] sums, final MemberFingerprint edition, final long untilNs) {
        if (!edition.isOf(scan.roster())) {
            return false;
        }
        if (edition.nodes() != keptNodes || keptIndexes.length != standing.size()) {
            findKept(edition.nodes());
        }
        for (int i = 0; i < keptIndexes.length; i++) {
            final int node = keptIndexes[i];
            if (node >= sums.length || sums[node] == null) {
                return false;
            }
            standing.get(i).take(sums[node]);
        }
        keptUntilNs = untilNs;
        return true;
    }

    /** Finds the nodes that are answered among those that are kept: they may have another order there. */
    private void findKept(final List<String> nodes) {
        final Map<String, Integer> indexes = new HashMap<>();
        for (int node = 0; node < nodes.size(); node++) {
            indexes.put(nodes.get(node), node);
        }
        keptIndexes = standingNodes.stream()
                .mapToInt(node -> indexes.getOrDefault(node, Integer.MAX_VALUE))
                .toArray();
        keptNodes = nodes;
    }

    /** Reads at an instant from the members. */
    void read(final LevelReader reader, final long knownAtNs, final long atNs) {
        final Status status = read(reader, knownAtNs, scan.at(atNs));
        if (status == Status.OK) {
            at(atNs, scan.changesAtNs());
        } else {
            none(status, atNs);
        }
    }

    /** Reads over a window from the members. */
    void read(final LevelReader reader, final long knownAtNs, final long fromNs, final long atNs, final long lengthNs) {
        final Status status = read(reader, knownAtNs, scan.over(fromNs, atNs));
        if (status != Status.OK) {
            none(status, atNs);
            return;
        }
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).over(lengthNs, atNs);
        }
    }

    private Status read(final LevelReader reader, final long knownAtNs, final GroupScan attempt) {
        attempt.levels().seeAsKnownAt(knownAtNs);
        final Status status = reader.read(attempt.levels(), attempt);
        addStanding();
        return status;
    }

    private void at(final long atNs, final long changesAtNs) {
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).at(atNs, changesAtNs);
        }
    }

    private void none(final Status status, final long atNs) {
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).none(status, atNs);
        }
    }
}
