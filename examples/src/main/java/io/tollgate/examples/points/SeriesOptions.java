package io.tollgate.examples.points;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesKind;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of all commands that define series. */
public final class SeriesOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description = "STEP: a level in force from its instant on. FLOW: an amount that happens at an instant.")
    private SeriesKind kind;

    @Option(
            names = "--scale",
            defaultValue = "6",
            paramLabel = "DIGITS",
            description = "Digits kept after the decimal point, 0 to 9. Default: ${DEFAULT-VALUE}.")
    private int scale;

    @Option(
            names = "--duplicates",
            paramLabel = "POLICY",
            description = "Policy for a second point at the same instant. REVISE: it replaces the first."
                    + " KEEP_FIRST: the first stays. REJECT: the line is refused. ALL: both count, distinguished by"
                    + " ref. SUM: the values are added. ALL and SUM only for FLOW. Default: REVISE for STEP, ALL"
                    + " for FLOW.")
    private Optional<DuplicatePolicy> duplicates;

    /** Called by picocli. */
    public SeriesOptions() {}

    /** {@return the kind of the series} */
    public SeriesKind kind() {
        return kind;
    }

    /** {@return digits kept after the decimal point} */
    public int scale() {
        return scale;
    }

    /** {@return the policy for a second point at an instant} */
    public DuplicatePolicy duplicates() {
        return duplicates.orElse(DuplicatePolicy.defaultOf(kind));
    }

    /**
     * Refuses options that no series can have.
     *
     * @throws ParameterException if an option is refused; the message names it.
     */
    public void requireUsable() {
        requireScale(spec, "--scale", scale);
        if (!duplicates().suits(kind)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--duplicates=" + duplicates() + " with --kind=" + kind
                            + ", expected REVISE, KEEP_FIRST or REJECT: a STEP has only one level at an instant");
        }
    }

    /**
     * Refuses a number of digits that a series cannot store.
     *
     * @param command that has the option.
     * @param name    of the option.
     * @param scale   that was given.
     * @throws ParameterException if the scale is refused; the message names the option.
     */
    public static void requireScale(final CommandSpec command, final String name, final int scale) {
        if (scale < 0 || scale > Decimals.MAX_SCALE) {
            throw new ParameterException(
                    command.commandLine(), name + "=" + scale + ", expected 0 to " + Decimals.MAX_SCALE);
        }
    }
}
