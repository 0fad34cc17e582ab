package dev.jzoo.examples.swing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.pictures.ImageClassifier;
import java.awt.Component;
import java.awt.Container;
import java.awt.Graphics2D;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.swing.JButton;
import org.junit.jupiter.api.Test;

/** Tests without a screen: events go directly to the components, which paint into a picture. */
class DigitPanelTest {

    @Test
    void aDrawnDigitIsReadWhereverItIsAndHoweverSmall() throws Exception {
        try (ImageClassifier digits = ImageClassifier.load("mnist-lenet")) {
            DigitPanel panel = new DigitPanel(digits);
            panel.setSize(panel.getPreferredSize());
            layOut(panel);
            DigitPad pad = child(panel, DigitPad.class);

            draw(pad, 60, 50, 200, 50, 120, 240);
            assertTrue(panel.answer().startsWith("7 ("), panel.answer());
            screenshot(panel, Path.of("target/window.png"));

            child(panel, JButton.class).doClick();
            assertEquals("Draw a digit", panel.answer());

            draw(pad, 20, 20, 100, 20, 60, 120);
            assertTrue(panel.answer().startsWith("7 ("), panel.answer());
        }
    }

    @Test
    void anEmptyPadIsBlack() {
        BufferedImage picture = new DigitPad(drawing -> {}).centred();
        assertEquals(0xFF000000, picture.getRGB(140, 140));
    }

    private static void draw(Component pad, int... corners) {
        event(pad, MouseEvent.MOUSE_PRESSED, corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            event(pad, MouseEvent.MOUSE_DRAGGED, corners[i], corners[i + 1]);
        }
        event(pad, MouseEvent.MOUSE_RELEASED, 0, 0);
    }

    private static void event(Component pad, int id, int x, int y) {
        pad.dispatchEvent(new MouseEvent(pad, id, 0, MouseEvent.BUTTON1_DOWN_MASK, x, y, 1, false, MouseEvent.BUTTON1));
    }

    private static void layOut(Container container) {
        container.doLayout();
        for (Component child : container.getComponents()) {
            if (child instanceof Container inner) {
                layOut(inner);
            }
        }
    }

    private static <T> T child(Container container, Class<T> kind) {
        for (Component child : container.getComponents()) {
            if (kind.isInstance(child)) {
                return kind.cast(child);
            }
        }
        throw new AssertionError("There is no " + kind.getSimpleName() + ".");
    }

    private static void screenshot(Component component, Path file) throws Exception {
        BufferedImage shot = new BufferedImage(component.getWidth(), component.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = shot.createGraphics();
        component.printAll(graphics);
        graphics.dispose();
        ImageIO.write(shot, "png", file.toFile());
    }
}
