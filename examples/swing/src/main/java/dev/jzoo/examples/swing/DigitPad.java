package dev.jzoo.examples.swing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import javax.swing.JPanel;

/** A black square on which you draw in white. It passes the drawing on when you release the mouse button. */
@SuppressWarnings("serial")
final class DigitPad extends JPanel {

    static final int SIZE = 280;

    private static final float PEN = 22;

    private final BufferedImage drawing = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    private final Rectangle inked = new Rectangle();
    private Point last = new Point();

    DigitPad(Consumer<BufferedImage> listener) {
        setPreferredSize(new Dimension(SIZE, SIZE));
        MouseAdapter pen = new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent event) {
                last = event.getPoint();
                line(last, last);
            }

            @Override
            public void mouseDragged(MouseEvent event) {
                line(last, event.getPoint());
                last = event.getPoint();
            }

            @Override
            public void mouseReleased(MouseEvent event) {
                listener.accept(centred());
            }
        };
        addMouseListener(pen);
        addMouseMotionListener(pen);
    }

    void line(Point from, Point to) {
        Graphics2D graphics = drawing.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setStroke(new BasicStroke(PEN, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.drawLine(from.x, from.y, to.x, to.y);
        graphics.dispose();
        for (Point point : new Point[] {from, to}) {
            Rectangle dot = new Rectangle(point);
            dot.grow((int) PEN / 2, (int) PEN / 2);
            inked.setBounds(inked.isEmpty() ? dot : inked.union(dot));
        }
        repaint();
    }

    void clear() {
        Graphics2D graphics = drawing.createGraphics();
        graphics.setColor(Color.BLACK);
        graphics.fillRect(0, 0, SIZE, SIZE);
        graphics.dispose();
        inked.setBounds(0, 0, 0, 0);
        repaint();
    }

    /** Returns the digit in MNIST's form: centred, with its longer side 20 of 28 pixels. */
    BufferedImage centred() {
        BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
        if (inked.isEmpty()) {
            return picture;
        }
        double scale = SIZE * 20 / 28.0 / Math.max(inked.width, inked.height);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.translate(SIZE / 2, SIZE / 2);
        graphics.scale(scale, scale);
        graphics.translate(-inked.getCenterX(), -inked.getCenterY());
        graphics.drawImage(drawing, 0, 0, null);
        graphics.dispose();
        return picture;
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        super.paintComponent(graphics);
        graphics.drawImage(drawing, 0, 0, null);
    }
}
