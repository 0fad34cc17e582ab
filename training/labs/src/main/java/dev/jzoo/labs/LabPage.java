package dev.jzoo.labs;

import dev.jzoo.report.Figure;
import dev.jzoo.report.Frames;
import dev.jzoo.report.Table;
import dev.jzoo.zoo.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The page of a lab that runs. It collects what the lab shows and claims, with the line of source that produced it. It is also the
 * lab's access to its seed, its size and data sets. For use by one thread.
 */
public final class LabPage {

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final LabSize size;
    private final long seed;
    private final Store data;
    private final Consumer<LabOutput> listener;
    private final List<PlacedOutput> outputs = new ArrayList<>();

    /**
     * Creates an empty page.
     *
     * @param seed seed of everything random in the lab; 1 gives the published pages
     * @param data finds and downloads data sets
     */
    public LabPage(LabSize size, long seed, Store data) {
        this(size, seed, data, output -> {});
    }

    /**
     * Creates an empty page that shows each output at once, as a notebook does.
     *
     * @param listener gets each output when the lab adds it
     */
    public LabPage(LabSize size, long seed, Store data, Consumer<LabOutput> listener) {
        this.size = size;
        this.seed = seed;
        this.data = data;
        this.listener = listener;
    }

    /**
     * Adds a paragraph. Page and notebook take it from the source, so the argument must be a text block. It is Markdown
     * (paragraphs, lists, links, emphasis, code) with formulas between dollar signs: {@code $w_1 x$} in a line, {@code
     * $$L(w) = 1/n sum_(i=1)^n e_i^2$$} on a line of its own. The notation is that of {@link dev.jzoo.labs.math.Formula}.
     */
    public void text(String markdown) {
        if (markdown.isBlank()) {
            throw new IllegalArgumentException("A paragraph of a lab must not be blank.");
        }
    }

    /** Adds a figure. */
    public void figure(Figure figure) {
        add(new LabOutput.DrawnFigure(figure));
    }

    /** Adds figures with a slider that shows one of them. */
    public void figure(Frames frames) {
        add(new LabOutput.ShownFrames(frames));
    }

    /** Adds a table. */
    public void table(Table table) {
        add(new LabOutput.ShownTable(table));
    }

    /** Adds a line of text in the format of {@link String#format}, the same in every locale. */
    public void print(String format, Object... arguments) {
        add(new LabOutput.PrintedLine(String.format(Locale.ROOT, format, arguments)));
    }

    /** Begins a claim of the lab, a whole sentence. The lab fails if it does not hold. */
    public Claim claim(String sentence) {
        return new Claim(sentence, ClaimResult.ClaimSource.LAB, this::add);
    }

    /** Begins a claim that a course or a paper published. The page says whether it was reproduced; the lab does not fail. */
    public Claim published(String sentence) {
        return new Claim(sentence, ClaimResult.ClaimSource.PUBLISHED, this::add);
    }

    /** Returns the size of the experiment. */
    public LabSize size() {
        return size;
    }

    /** Returns the number for the size of this run. */
    public int pick(int smallest, int quick, int full) {
        return switch (size) {
            case SMALLEST -> smallest;
            case QUICK -> quick;
            case FULL -> full;
        };
    }

    /** Returns the seed of the lab. */
    public long seed() {
        return seed;
    }

    /** Returns a generator of random numbers with the seed of the lab. Each call returns one in its initial state. */
    public Random random() {
        return new Random(seed);
    }

    /** Returns the place that data sets come from. At the size {@link LabSize#SMALLEST} a lab must not use it. */
    public Store data() {
        return data;
    }

    /** Returns the outputs so far, in the order in which they came. */
    public List<PlacedOutput> outputs() {
        return List.copyOf(outputs);
    }

    /** Returns the claims so far. */
    public List<ClaimResult> claims() {
        return outputs.stream()
                .filter(placed -> placed.output() instanceof LabOutput.CheckedClaim)
                .map(placed -> ((LabOutput.CheckedClaim) placed.output()).claim())
                .toList();
    }

    private void add(ClaimResult claim) {
        add(new LabOutput.CheckedClaim(claim));
    }

    private void add(LabOutput output) {
        int line = STACK.walk(frames -> frames.filter(frame ->
                        frame.getMethodName().equals("run") && Lab.class.isAssignableFrom(frame.getDeclaringClass()))
                .findFirst()
                .map(StackWalker.StackFrame::getLineNumber)
                .orElse(0));
        outputs.add(new PlacedOutput(line, output));
        listener.accept(output);
    }
}
