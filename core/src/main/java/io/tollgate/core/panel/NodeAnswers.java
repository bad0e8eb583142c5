package io.tollgate.core.panel;

import io.tollgate.api.series.Status;
import io.tollgate.core.group.MemberFingerprint;
import io.tollgate.core.group.SumsTarget;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.number.GroupSums;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answers of the nodes of one read. Nodes that were not asked for cost nothing. Used by one thread. */
final class NodeAnswers implements SumsTarget {
    private final PanelRead read;
    private final GroupScan scan;
    private final GroupQuotients quotients;
    private final List<GroupAnswer> answers = new ArrayList<>();
    private final Map<String, GroupAnswer> answersByName = new HashMap<>();
    /** The answers whose nodes have a member, followed by the names of these nodes. */
    private final List<GroupAnswer> standing = new ArrayList<>();

    private final List<String> standingNodes = new ArrayList<>();
    private int nodeCount;
    private List<String> keptNodes = List.of();
    private int[] keptIndexes = {};
    private long keptUntilNs;

    NodeAnswers(final PanelRead read, final GroupScan scan, final GroupQuotients quotients) {
        this.read = read;
        this.scan = scan;
        this.quotients = quotients;
        wanted().forEach(this::addAnswer);
        addStanding();
    }

    private List<String> wanted() {
        return read.subject().nodes();
    }

    private GroupAnswer addAnswer(final String node) {
        final GroupAnswer answer = new GroupAnswer(read, scan, node, quotients);
        answers.add(answer);
        answersByName.put(node, answer);
        return answer;
    }

    /** Adds the nodes that have a member since the last call. */
    void addStanding() {
        for (; nodeCount < scan.nodes().size(); nodeCount++) {
            final String node = scan.nodes().get(nodeCount);
            final GroupAnswer answer = wanted().isEmpty() ? addAnswer(node) : answersByName.get(node);
            if (answer != null) {
                standing.add(answer);
                standingNodes.add(node);
            }
        }
    }

    /** Returns the nodes that are answered. */
    List<String> nodes() {
        return wanted().isEmpty() ? scan.nodes() : wanted();
    }

    /** Returns the answer of a node, null if it is not wanted. Not an Optional, which each read would allocate. */
    GroupAnswer answer(final String node) {
        return answersByName.get(node);
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

    /** Finds the indexes of the answered nodes among the kept nodes, which may have another order. */
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

    /** Sets all answers at an instant from the sums that were taken. */
    void at(final long atNs) {
        at(atNs, keptUntilNs);
    }

    /** Sets all answers at an instant from the scan. */
    void at(final long atNs, final long changesAtNs) {
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).at(atNs, changesAtNs);
        }
    }

    /** Sets all answers over a window from the scan. */
    void over(final long lengthNs, final long atNs) {
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).over(lengthNs, atNs);
        }
    }

    /** Sets the status of all answers if they were not read: CONTENDED or FORGOTTEN. */
    void none(final Status status, final long atNs) {
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).none(status, atNs);
        }
    }
}
