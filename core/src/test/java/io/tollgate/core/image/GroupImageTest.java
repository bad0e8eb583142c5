package io.tollgate.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.LimitExceededException;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Branch;
import io.tollgate.api.group.Concordance;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.group.Recoding;
import io.tollgate.api.group.Share;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.group.GroupModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Registered groups and hierarchies are registered in the engine that loads an image, and have the same answers. */
class GroupImageTest {
    private static final Unit USD = new Unit("USD");
    private static final MemberPattern RATES =
            MemberPattern.of(new LevelPattern("rate.*", Unit.PERCENT, 3), new LevelPattern("weight.*", USD, 1));

    private final long seed = TestSeed.of("group image");
    private final Random random = new Random(seed);

    private static Engine launch() {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));
    }

    private static byte[] imageOf(final Engine engine) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        engine.images().writeAll(out);
        return out.toByteArray();
    }

    private static StepSeries step(final Engine engine, final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
    }

    private static StepSeries find(final Engine engine, final String key) {
        return (StepSeries) engine.series().find(key).orElseThrow();
    }

    @Test
    void shouldHaveTheSameGroupsAfterALoad() {
        for (int i = 0; i < TestEffort.times(5); i++) {
            try (Engine engine = launch();
                    Engine other = launch()) {
                // Another number for each series.
                step(other, "first");
                final GroupModel model = new GroupModel(engine, random);
                final List<Group> groups = new ArrayList<>();
                final List<Hierarchy> hierarchies = new ArrayList<>();
                IntStream.range(0, 40).forEach(any -> model.change());
                for (int k = 0; k < 3; k++) {
                    groups.add(model.group());
                    hierarchies.add(hierarchy(model.group()));
                }
                groups.add(pattern());
                hierarchies.add(hierarchy(pattern()));
                groups.forEach(engine.series()::register);
                hierarchies.forEach(engine.series()::register);
                engine.advanceTo(random.nextInt(GroupModel.TIME));
                final byte[] image = imageOf(engine);
                other.images().loadAll(new ByteArrayInputStream(image));
                groups.forEach(group -> other.series().register(in(other, ImageGroup.of(group))));
                requireSame(engine, other, groups, hierarchies);
                goOn(engine, other);
                requireSame(engine, other, groups, hierarchies);
            }
        }
    }

    @Test
    void shouldHaveTheSameImageAfterALoad() {
        try (Engine engine = launch();
                Engine other = launch()) {
            final GroupModel model = new GroupModel(engine, random);
            for (int i = 0; i < 5; i++) {
                engine.series().register(model.group());
                engine.series().register(hierarchy(model.group()));
                engine.series().register(pattern());
            }
            final byte[] image = imageOf(engine);
            other.images().loadAll(new ByteArrayInputStream(image));
            assertArrayEquals(image, imageOf(other), () -> "seed=" + seed);
            // The same group again is no other one.
            final ImageGroup first = EngineImageReader.read(new ByteArrayInputStream(image))
                    .groups()
                    .get(0);
            other.series().register(in(other, first));
            assertArrayEquals(image, imageOf(other), () -> "seed=" + seed);
        }
    }

    private Group pattern() {
        final Recoding split = Recoding.of(
                random.nextInt(GroupModel.TIME),
                "3",
                new Recoding.Part("5", Share.of(1, 3)),
                new Recoding.Part("30", Share.of(2, 3)));
        final MemberPattern members = switch (random.nextInt(4)) {
            case 0 -> RATES.withConcordance(Concordance.of(split, Recoding.renamed(80, "30", "300")));
            case 1 -> RATES.withMembership("member.*");
            case 2 -> RATES.withInterval(random.nextInt(9), 10 + random.nextInt(50));
            default -> RATES;
        };
        final Group group = Group.fitting(members)
                .withMissing(MissingPolicy.values()[random.nextInt(MissingPolicy.values().length)]);
        return random.nextBoolean() ? group : group.withWeightsFixedAt(random.nextInt(GroupModel.TIME));
    }

    private Hierarchy hierarchy(final Group group) {
        final Branch branch = Branch.of("1", "upper").withInterval(random.nextInt(9), 10 + random.nextInt(40));
        return Hierarchy.byPrefix(group, 1, 2).withBranches(branch, Branch.of("upper", "top"));
    }

    /** The group of the same series in another engine. */
    private static Group in(final Engine engine, final ImageGroup group) {
        return group.group(key -> find(engine, key));
    }

    private void requireSame(
            final Engine engine, final Engine other, final List<Group> groups, final List<Hierarchy> hierarchies) {
        for (int i = 0; i < 10; i++) {
            final long at = i == 0 ? engine.now() : random.nextInt(2 * GroupModel.TIME);
            for (final Group group : groups) {
                assertEquals(
                        answer(engine.newPanelReader().group(group).read(at)),
                        answer(other.newPanelReader()
                                .group(in(other, ImageGroup.of(group)))
                                .read(at)),
                        () -> "seed=" + seed + " at=" + at + " " + group);
            }
            for (final Hierarchy hierarchy : hierarchies) {
                final Hierarchy same = new Hierarchy(
                        in(other, ImageGroup.of(hierarchy)), hierarchy.prefixLengths(), hierarchy.branches());
                assertEquals(
                        answer(engine.newPanelReader().hierarchy(hierarchy).read(at)),
                        answer(other.newPanelReader().hierarchy(same).read(at)),
                        () -> "seed=" + seed + " at=" + at + " " + hierarchy);
            }
        }
    }

    private static String answer(final HierarchyReading reading) {
        final StringJoiner answer = new StringJoiner("\n");
        reading.nodes().stream().sorted().forEach(node -> answer.add(node + ": " + answer(reading.node(node))));
        return answer.toString();
    }

    private static String answer(final GroupReading reading) {
        final StringJoiner answer = new StringJoiner(" ");
        answer.add(reading.memberCount() + "/" + reading.knownCount() + "/" + reading.leftOutCount());
        answer.add("next=" + reading.nextChangeAtNs());
        for (final GroupMetric metric : GroupMetric.values()) {
            answer.add(metric + "=" + reading.status(metric) + " " + reading.value(metric));
        }
        return answer.toString();
    }

    /** Gives both engines the same points, and a new series that patterns match. */
    private void goOn(final Engine engine, final Engine other) {
        final List<Engine> both = List.of(engine, other);
        both.forEach(one -> {
            one.defineStep(SeriesDefinition.step("rate.30", Unit.PERCENT, 3));
            one.defineStep(SeriesDefinition.step("weight.30", USD, 1));
        });
        for (int i = 0; i < 40; i++) {
            final String key = List.of("rate", "weight", "member").get(random.nextInt(3)) + '.' + random.nextInt(7);
            final String changed = random.nextInt(8) == 0 ? "rate.30" : key;
            final long at = random.nextInt(GroupModel.TIME);
            final long value = random.nextInt(1_000);
            both.forEach(one -> KnownPoint.apply(one, find(one, changed), at, value, 1_000));
        }
        final long now = engine.now() + random.nextInt(9);
        both.forEach(one -> one.advanceTo(now));
    }

    @Test
    void shouldRefuseAMemberThatIsNoStepOfTheImage() {
        try (Engine engine = launch()) {
            engine.series().register(Group.of(GroupMember.of(step(engine, "aa")), GroupMember.of(step(engine, "ab"))));
            final EngineImage image = EngineImageReader.read(new ByteArrayInputStream(imageOf(engine)));
            final byte[] header = EngineImageWriter.write(new EngineImage(
                    image.clockMode(),
                    image.nowNs(),
                    0,
                    image.registrations(),
                    image.groups(),
                    image.subscriptions(),
                    image.panels()));
            try (Engine other = launch()) {
                final IllegalArgumentException refused = assertThrows(
                        IllegalArgumentException.class, () -> other.images().loadAll(new ByteArrayInputStream(header)));
                assertEquals(
                        "image=engine series=aa, expected a STEP of the image as a member of a group; the image is"
                                + " damaged: write it again",
                        refused.getMessage());
            }
        }
    }

    /** Each of these groups takes few bytes in an image. */
    @Test
    void shouldRefuseGroupsThatMultiply() {
        final List<Branch> ladder = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ladder.add(Branch.of("n" + i, "a" + i));
            ladder.add(Branch.of("n" + i, "b" + i));
            ladder.add(Branch.of("a" + i, "n" + (i + 1)));
            ladder.add(Branch.of("b" + i, "n" + (i + 1)));
        }
        final Group one = Group.of(GroupMember.of(new StepSeries(0, SeriesDefinition.step("a", Unit.PERCENT, 0))));
        assertRefused("ways", ImageGroup.of(Hierarchy.of(one, ladder.toArray(Branch[]::new))));
        final List<Recoding> recodings = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            recodings.add(half(i, "a", "b"));
            recodings.add(half(i, "b", "a"));
        }
        final MemberPattern recoded = RATES.withConcordance(new Concordance(recodings));
        assertRefused("recodedMembers", described(List.of(recoded)));
        assertRefused(
                "patternCount",
                described(IntStream.range(0, 300)
                        .mapToObj(i -> MemberPattern.of(new LevelPattern("rate." + i + ".*", Unit.PERCENT, 3)))
                        .toList()));
    }

    private static Recoding half(final long at, final String code, final String next) {
        return Recoding.of(at, code, new Recoding.Part(code, Share.of(1, 2)), new Recoding.Part(next, Share.of(1, 2)));
    }

    private static ImageGroup described(final List<MemberPattern> patterns) {
        return new ImageGroup(List.of(), patterns, MissingPolicy.FAIL, OptionalLong.empty(), Optional.empty());
    }

    private static void assertRefused(final String limit, final ImageGroup group) {
        final LimitExceededException refused =
                assertThrows(LimitExceededException.class, () -> new GroupBounds(List.of("rate.1")).add(group));
        assertEquals(limit, refused.limit());
    }
}
