package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.group.Branch;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.Hierarchy.Place;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.panel.MemberReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The places of members in a hierarchy determine the cost of a change. */
final class MemberTableTest {
    private static final Place ALWAYS = new Place(Hierarchy.ALL, Instants.MIN, GroupMember.FOR_EVER);

    /** A leaf has one place in each level, and so many nodes to change, for ten members or thousands. */
    @ParameterizedTest
    @ValueSource(ints = {10, 3_000})
    void shouldGiveALeafOnePlacementALevel(final int size) {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped())) {
            final List<GroupMember> members = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                final String code = Long.toString(1_000_000_000L + i * 2_999_999L);
                members.add(GroupMember.of(engine.defineStep(SeriesDefinition.step(code, Unit.PERCENT, 2))));
            }
            final Hierarchy hierarchy = Hierarchy.byPrefix(Group.of(members), 2, 4, 6, 10);
            final MemberReader reader = (MemberReader) engine.newPanelReader();
            final MemberTable roster = reader.hierarchy(hierarchy).panelRead().roster();
            for (int i = 0; i < size; i++) {
                assertEquals(5, roster.firstPlacement(i + 1) - roster.firstPlacement(i));
            }
            assertEquals(5 * size, roster.placementCount());
        }
    }

    @Test
    void shouldCountALeafOnceInANodeThatItReachesOnTwoWays() {
        final Hierarchy hierarchy = Hierarchy.of(
                Group.of(List.of()),
                Branch.of("DE", "EU").withInterval(0, 100),
                Branch.of("DE", "G7").withInterval(50, 200),
                Branch.of("EU", "West"),
                Branch.of("G7", "West").withInterval(0, 150),
                Branch.of("DE", "West").withInterval(300, 400));
        assertEquals(
                List.of(
                        ALWAYS,
                        new Place("EU", 0, 100),
                        new Place("G7", 50, 200),
                        new Place("West", 300, 400),
                        new Place("West", 0, 150)),
                hierarchy.places("DE"));
        assertEquals(List.of(ALWAYS), hierarchy.places("FR"));
    }

    @Test
    void shouldHaveNoNodeOfACodeThatIsTooShort() {
        final Hierarchy hierarchy =
                Hierarchy.byPrefix(Group.of(List.of()), 2, 4, 6).withBranches(Branch.of("85", "XVI"));
        assertEquals(
                List.of(Hierarchy.ALL, "85", "8541", "XVI"),
                hierarchy.places("8541").stream().map(Place::node).toList());
    }

    @Test
    void shouldRefuseANodeBelowItself() {
        final Group group = Group.of(List.of());
        assertThrows(
                IllegalArgumentException.class,
                () -> Hierarchy.of(group, Branch.of("a", "b"), Branch.of("b", "c"), Branch.of("c", "a")));
        assertThrows(IllegalArgumentException.class, () -> Hierarchy.byPrefix(group, 4, 2));
        assertThrows(IllegalArgumentException.class, () -> Branch.of("", "b"));
        assertThrows(IllegalArgumentException.class, () -> Branch.of("a", "b").withInterval(3, 3));
    }
}
