package io.tollgate.flink;

import java.io.Serializable;

/**
 * Answers about several series of a partition: a group, a stack, a pair.
 *
 * <pre>{@code
 * TogetherQuery average = together -> {
 *     GroupReading rates = together.once("rates", () -> together.panels()
 *             .group(Group.fitting(MemberPattern.of(new LevelPattern("tariff.US.*", Unit.PERCENT, 2)))));
 *     rates.read(together.atNs());
 *     double value = rates.value(GroupMetric.SIMPLE);
 *     together.answer("tariff.US", "", "simple", value, rates.status(GroupMetric.SIMPLE), 1);
 * };
 * }</pre>
 *
 * <p>The graph of a job has a copy of each query, by Java serialization. A query must depend on nothing but the
 * partition, so that it gives the same answers after a failure. It must not write.
 */
@FunctionalInterface
public interface TogetherQuery extends Serializable {
    /**
     * Reads series of a partition and gives answers.
     *
     * @param together the partition; valid during the call.
     */
    void ask(Together together);
}
