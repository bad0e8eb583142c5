package io.tollgate.examples.impact.data;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The 8-digit lines of the US tariff with imports from China in 2024, by chapter. Each line has the duty of its list
 * under section 301. A line on several lists has the earliest of them, whose duty was never below that of a later one.
 * Some lines are now only on a list of the four-year review of 2024. Their earlier list is not in the file, so their
 * duty is unknown. A line on list 4B, or on no list, has no duty.
 *
 * @param chapters lines by their first two digits.
 */
public record Section301Lines(Hierarchy chapters) {
    public static final Source SOURCE = new Source(
            "s301_product_lists.csv: the lists by line, github Budget-Lab-Yale/tariff-rate-tracker @8315fffd, MIT",
            Verification.FILE);

    private static final int CHAPTER_DIGITS = 2;
    private static final int SCALE = 6;

    public static Section301Lines load(
            final Feed feed, final Sources sources, final Section301 lists, final ImportWeights imports)
            throws IOException {
        final long reference = sources.number(SOURCE);
        final StepSeries none = feed.step(SeriesDefinition.step("tariff.US.CN.s301.none", Unit.PERCENT, SCALE));
        final StepSeries unknown = feed.step(SeriesDefinition.step("tariff.US.CN.s301.unknown", Unit.PERCENT, SCALE));
        final long startNs = Zone.NEW_YORK.startOf(AddOnRate.STUDY_START);
        feed.level(none, startNs, 0, Instants.NONE, reference);
        feed.level(unknown, startNs, Decimals.UNKNOWN, Instants.NONE, reference);
        final Map<String, Integer> listOfLine = new HashMap<>();
        BundledCsv.read("s301_product_lists.csv.gz", csv -> {
            final int list = place(lists, csv.getField("list"));
            listOfLine.merge(csv.getField("hts8"), list, Math::min);
        });
        final int listCount = lists.lists().size();
        final List<GroupMember> members = new ArrayList<>();
        imports.byHts8().forEach((line, weight) -> {
            final int list = listOfLine.getOrDefault(line, listCount + 1);
            final StepSeries rate =
                    list < listCount ? lists.lists().get(list).rate() : list == listCount ? unknown : none;
            members.add(GroupMember.of(rate, weight).withCode(line));
        });
        return new Section301Lines(Hierarchy.byPrefix(Group.of(members), CHAPTER_DIGITS));
    }

    /** Returns the index of a list: first the lists with levels, then the review, then no duty. */
    private static int place(final Section301 lists, final String name) {
        final String list = name.replace("_addl", "");
        for (int i = 0; i < lists.lists().size(); i++) {
            if (lists.lists().get(i).name().equals(list)) {
                return i;
            }
        }
        return list.equals("4B") ? lists.lists().size() + 1 : lists.lists().size();
    }
}
