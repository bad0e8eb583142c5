package io.tollgate.bench.pair;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of all commands that measure pairs: selection and number of rounds. */
public final class PairOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Measures only the pairs or targets whose names contain TEXT.")
    private String only;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            description = "Number of turns of benchmark and reference, an odd number. The result is the median ratio."
                    + " Default: 3; 5 with guard --short.")
    private Optional<Integer> roundCount;

    /** Called by picocli. */
    public PairOptions() {}

    /**
     * Returns the number of turns of benchmark and reference.
     *
     * @param otherwise the number if the option is not given.
     * @return an odd number.
     * @throws ParameterException if the number is not odd, because it has no median then.
     */
    public int roundCount(final int otherwise) {
        final int count = roundCount.orElse(otherwise);
        if (count < 1 || count % 2 == 0) {
            throw new ParameterException(
                    spec.commandLine(), "--rounds=" + count + ", expected an odd number, because the median is used");
        }
        return count;
    }

    /**
     * Returns the selected items.
     *
     * @param <T>  type of the items.
     * @param all  items to select from.
     * @param name of each item.
     * @return at least one item.
     * @throws ParameterException if no name contains the given text.
     */
    public <T> List<T> chosen(final List<T> all, final Function<T, String> name) {
        final List<T> chosen =
                all.stream().filter(each -> name.apply(each).contains(only)).toList();
        if (chosen.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--only=" + only + ", expected a part of one of "
                            + all.stream().map(name).toList());
        }
        return chosen;
    }
}
