package io.tollgate.core.image;

import io.tollgate.api.group.Branch;
import io.tollgate.api.group.Concordance;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.group.Recoding;
import io.tollgate.api.group.Share;
import io.tollgate.api.series.SeriesKey;
import io.tollgate.api.series.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The registered groups in an image. A text has two bytes of length before its UTF-8. A field in brackets is there if
 * its flag is set.
 *
 * <pre>
 *   one group:
 *   +--------+--------+---------------------------+---------------------------+
 *   |missing |flags:  |  memberCount (4 bytes)    |  patternCount (4 bytes)   |
 *   | Policy |1 2     |                           |                           |
 *   +--------+--------+---------------------------+---------------------------+
 *   |  [1: weightsFixedAt (8 bytes)]                                          |
 *   +-------------------------------------------------------------------------+
 *   |  memberCount members, patternCount patterns, [2: the tree]              |
 *   +-------------------------------------------------------------------------+
 *
 *   one member:
 *   +--------+----------------------------------------------------------------+
 *   |flags:  |  texts: code, key of the rate, [1: key of the weight],         |
 *   |1 2     |  [2: key of the membership]                                    |
 *   +--------+----------------------------------------------------------------+
 *   |  numerator and denominator of the share, from, until (8 bytes each)     |
 *   +-------------------------------------------------------------------------+
 *
 *   one pattern:
 *   +--------+----------------------------------------------------------------+
 *   |flags:  |  levels of the rate, [1: levels of the weight],                |
 *   |1 2 4   |  [2: text: pattern of the membership]                          |
 *   +--------+----------------------------------------------------------------+
 *   |  from, until (8 bytes each), [4: recodingCount (4 bytes), recodings]    |
 *   +-------------------------------------------------------------------------+
 *
 *   levels:    texts: pattern, name of the unit; scale (1 byte)
 *   recoding:  at (8 bytes), text: old code, partCount (4 bytes), parts
 *   part:      text: new code; numerator and denominator of the share (8 bytes each)
 *   tree:      prefixCount (4 bytes), branchCount (4 bytes), prefix lengths (4 bytes each), branches
 *   branch:    texts: child, parent; from, until (8 bytes each)
 * </pre>
 */
final class ImageGroups {
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int THIRD = 4;
    private static final int MIN_MEMBER_LENGTH = 37;
    private static final int MIN_PATTERN_LENGTH = 22;
    private static final int MIN_RECODING_LENGTH = 14;
    private static final int MIN_PART_LENGTH = 18;
    private static final int MIN_BRANCH_LENGTH = 20;
    private static final int MAX_TEXT_LENGTH = 0xFFFF;

    /** Length of the shortest group in bytes. */
    static final int MIN_LENGTH = 10;

    private ImageGroups() {}

    static void put(final ImageOutput out, final ImageGroup group) {
        out.putByte(group.missing().ordinal());
        out.putByte(flag(group.weightsFixedAt().isPresent(), FIRST)
                | flag(group.tree().isPresent(), SECOND));
        out.putInt(group.members().size()).putInt(group.patterns().size());
        group.weightsFixedAt().ifPresent(out::putLong);
        group.members().forEach(member -> putMember(out, member));
        group.patterns().forEach(pattern -> putPattern(out, pattern));
        group.tree().ifPresent(tree -> putTree(out, tree));
    }

    private static int flag(final boolean isSet, final int flag) {
        return isSet ? flag : 0;
    }

    private static void putMember(final ImageOutput out, final ImageGroup.Member member) {
        out.putByte(flag(member.weight().isPresent(), FIRST)
                | flag(member.membership().isPresent(), SECOND));
        out.putText(member.code()).putText(member.rate());
        member.weight().ifPresent(out::putText);
        member.membership().ifPresent(out::putText);
        putShare(out, member.share()).putLong(member.fromNs()).putLong(member.untilNs());
    }

    private static ImageOutput putShare(final ImageOutput out, final Share share) {
        return out.putLong(share.numerator()).putLong(share.denominator());
    }

    private static void putPattern(final ImageOutput out, final MemberPattern pattern) {
        out.putByte(flag(pattern.weight().isPresent(), FIRST)
                | flag(pattern.membership().isPresent(), SECOND)
                | flag(pattern.concordance().isPresent(), THIRD));
        putLevels(out, pattern.rate());
        pattern.weight().ifPresent(levels -> putLevels(out, levels));
        pattern.membership().ifPresent(out::putText);
        out.putLong(pattern.fromNs()).putLong(pattern.untilNs());
        pattern.concordance().ifPresent(concordance -> putConcordance(out, concordance));
    }

    private static void putLevels(final ImageOutput out, final LevelPattern levels) {
        out.putText(levels.pattern()).putText(levels.unit().name()).putByte(levels.scale());
    }

    private static void putConcordance(final ImageOutput out, final Concordance concordance) {
        out.putInt(concordance.recodings().size());
        for (final Recoding recoding : concordance.recodings()) {
            out.putLong(recoding.atNs()).putText(recoding.oldCode());
            out.putInt(recoding.parts().size());
            recoding.parts().forEach(part -> putShare(out.putText(part.code()), part.share()));
        }
    }

    private static void putTree(final ImageOutput out, final ImageGroup.Tree tree) {
        out.putInt(tree.prefixLengths().size()).putInt(tree.branches().size());
        tree.prefixLengths().forEach(out::putInt);
        for (final Branch branch : tree.branches()) {
            out.putText(branch.child()).putText(branch.parent());
            out.putLong(branch.fromNs()).putLong(branch.untilNs());
        }
    }

    static ImageGroup read(final ImageInput in) {
        final int missing = in.nextByte("missingPolicy");
        final MissingPolicy[] policies = MissingPolicy.values();
        in.require(
                missing >= 0 && missing < policies.length,
                "missingPolicy",
                Integer.toString(missing),
                "0 to " + (policies.length - 1));
        final int flags = flags(in, FIRST | SECOND);
        final int memberCount = in.nextCount("memberCount", MIN_MEMBER_LENGTH, Group.MAX_MEMBERS);
        final int patternCount = in.nextCount("patternCount", MIN_PATTERN_LENGTH, GroupBounds.MAX_PATTERNS);
        final OptionalLong fixedAt = (flags & FIRST) == 0
                ? OptionalLong.empty()
                : OptionalLong.of(in.requireInstant("weightsFixedAt", in.nextLong("weightsFixedAt"), false));
        final List<ImageGroup.Member> members = new ArrayList<>();
        for (int i = 0; i < memberCount; i++) {
            members.add(member(in));
        }
        final List<MemberPattern> patterns = new ArrayList<>();
        for (int i = 0; i < patternCount; i++) {
            patterns.add(pattern(in));
        }
        final Optional<ImageGroup.Tree> tree = (flags & SECOND) == 0 ? Optional.empty() : Optional.of(tree(in));
        return new ImageGroup(members, patterns, policies[missing], fixedAt, tree);
    }

    private static int flags(final ImageInput in, final int all) {
        final int flags = in.nextByte("flags");
        in.require((flags & ~all) == 0, "flags", Integer.toString(flags), "0 to " + all);
        return flags;
    }

    private static ImageGroup.Member member(final ImageInput in) {
        final int flags = flags(in, FIRST | SECOND);
        final String code = text(in, "code");
        final String rate = key(in, "rate");
        final Optional<String> weight = (flags & FIRST) == 0 ? Optional.empty() : Optional.of(key(in, "weight"));
        final Optional<String> membership =
                (flags & SECOND) == 0 ? Optional.empty() : Optional.of(key(in, "membership"));
        return new ImageGroup.Member(
                code, rate, weight, share(in), membership, in.nextLong("from"), in.nextLong("until"));
    }

    private static String key(final ImageInput in, final String name) {
        return SeriesKey.validate(in.nextText(name, SeriesKey.MAX_LENGTH));
    }

    private static String text(final ImageInput in, final String name) {
        return in.nextText(name, MAX_TEXT_LENGTH);
    }

    private static Share share(final ImageInput in) {
        final long numerator = in.nextLong("numerator");
        final long denominator = in.nextLong("denominator");
        final Share share = new Share(numerator, denominator);
        in.require(share.denominator() == denominator, "share", numerator + "/" + denominator, share.toString());
        return share;
    }

    private static MemberPattern pattern(final ImageInput in) {
        final int flags = flags(in, FIRST | SECOND | THIRD);
        return new MemberPattern(
                levels(in),
                (flags & FIRST) == 0 ? Optional.empty() : Optional.of(levels(in)),
                (flags & SECOND) == 0 ? Optional.empty() : Optional.of(in.nextText("membership", SeriesKey.MAX_LENGTH)),
                in.nextLong("from"),
                in.nextLong("until"),
                (flags & THIRD) == 0 ? Optional.empty() : Optional.of(concordance(in)));
    }

    private static LevelPattern levels(final ImageInput in) {
        return new LevelPattern(
                in.nextText("pattern", SeriesKey.MAX_LENGTH),
                new Unit(in.nextText("unit", Unit.MAX_NAME_LENGTH)),
                in.nextByte("scale"));
    }

    private static Concordance concordance(final ImageInput in) {
        final int count = in.nextCount("recodingCount", MIN_RECODING_LENGTH, ImageFrame.MAX_LENGTH);
        final List<Recoding> recodings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final long atNs = in.nextLong("at");
            final String oldCode = text(in, "oldCode");
            final int partCount = in.nextCount("partCount", MIN_PART_LENGTH, GroupBounds.MAX_PARTS);
            final List<Recoding.Part> parts = new ArrayList<>();
            for (int k = 0; k < partCount; k++) {
                parts.add(new Recoding.Part(text(in, "newCode"), share(in)));
            }
            recodings.add(new Recoding(atNs, oldCode, parts));
        }
        return new Concordance(recodings);
    }

    private static ImageGroup.Tree tree(final ImageInput in) {
        final int prefixCount = in.nextCount("prefixCount", Integer.BYTES, (int) GroupBounds.MAX_WAYS);
        final int branchCount = in.nextCount("branchCount", MIN_BRANCH_LENGTH, ImageFrame.MAX_LENGTH);
        final List<Integer> prefixLengths = new ArrayList<>();
        int last = 0;
        for (int i = 0; i < prefixCount; i++) {
            final int length = in.nextInt("prefixLength");
            in.require(length > last, "prefixLength", Integer.toString(length), "more than " + last);
            prefixLengths.add(length);
            last = length;
        }
        final List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < branchCount; i++) {
            branches.add(new Branch(text(in, "child"), text(in, "parent"), in.nextLong("from"), in.nextLong("until")));
        }
        return new ImageGroup.Tree(prefixLengths, branches);
    }
}
