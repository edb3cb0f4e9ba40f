using Scheduler.Core.Formats;

namespace Scheduler.Core.Tests.Formats;

public sealed class CalendarCsvTests
{
    [Theory]
    [InlineData("Infusion", "Infusion")]
    [InlineData("", "")]
    [InlineData("Infusion, 0.5 mg/kg", "\"Infusion, 0.5 mg/kg\"")]
    [InlineData("The \"long\" one", "\"The \"\"long\"\" one\"")]
    [InlineData("2021-03-01", "2021-03-01")]
    [InlineData("day -1", "day -1")]
    public void A_cell_is_quoted_only_where_it_must_be(string value, string cell) => Assert.Equal(cell, CalendarCsv.Cell(value));

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"x\")", "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-2+3", "\"'-2+3\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData(" =1", "\"' =1\"")]
    [InlineData("\t=1", "\"' =1\"")]
    [InlineData("\r\n=1", "\"' =1\"")]
    [InlineData("\u00a0=1", "\"'\u00a0=1\"")]
    [InlineData("\uff1d1", "\"'\uff1d1\"")]
    public void A_formula_is_made_text(string value, string cell) => Assert.Equal(cell, CalendarCsv.Cell(value));

    [Theory]
    [InlineData("two\r\nlines", "two lines")]
    [InlineData("two\u2028lines", "two lines")]
    [InlineData("a\tb", "a b")]
    [InlineData("a\u0000b\u0007c\u001b[31m", "a\ufffdb\ufffdc\ufffd[31m")]
    [InlineData("a\u0085b\u009bc\u007f", "a b\ufffdc\ufffd")]
    [InlineData("\u0000=1", "\ufffd=1")]
    public void A_row_stays_one_line_without_control_characters(string value, string cell) => Assert.Equal(cell, CalendarCsv.Cell(value));
}
