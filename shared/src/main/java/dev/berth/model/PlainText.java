package dev.berth.model;

/** Which characters travel: queues refuse some, tables and engines others, and a terminal obeys a few. */
public final class PlainText {
    private static final int REPLACEMENT = 0xFFFD;

    private PlainText() {}

    /** Whether every queue, table and engine carries the text: no NUL, no unpaired surrogate, no U+FFFE and U+FFFF. */
    public static boolean isCarried(String text) {
        return text.codePoints().allMatch(PlainText::isCarried);
    }

    /** The text with U+FFFD for what is not carried, and for control characters other than tab and line ends. */
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(each -> isPrintable(each) ? each : REPLACEMENT).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static boolean isCarried(int each) {
        boolean unpaired = each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE;
        return each != 0 && each != 0xFFFE && each != 0xFFFF && !unpaired;
    }

    private static boolean isPrintable(int each) {
        boolean layout = each == '\t' || each == '\n' || each == '\r';
        return isCarried(each) && (layout || !Character.isISOControl(each));
    }
}
