package dev.jzoo.labs;

/**
 * An experiment that answers one question and checks each of its claims. The source of {@link #run} is the lab: each {@code
 * page.text("""...""")} is a paragraph, and the statements between two paragraphs are a cell of code. The web page, the notebook
 * and the test are made from it.
 *
 * <p>A lab is a public class with a public constructor without parameters, its name ends in {@code Lab}, and it is named in {@code
 * META-INF/services/dev.jzoo.labs.Lab}. Its helper methods and records stand above {@code run} and are cells of code, too.
 */
public interface Lab {

    /** Returns the name, the question and the chapter of the lab. */
    LabInfo info();

    /**
     * Runs the experiment. Equal pages (seed and size) give equal outputs.
     *
     * @param page takes the paragraphs, figures, tables and claims
     * @throws Exception if the experiment cannot be run; a claim that does not hold does not throw
     */
    void run(LabPage page) throws Exception;
}
