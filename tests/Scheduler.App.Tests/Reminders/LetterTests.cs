using Scheduler.App.Reminders;

namespace Scheduler.App.Tests.Reminders;

/// <summary>A letter has the words of the text, and nothing that does anything.</summary>
public sealed class LetterTests
{
    [Fact]
    public void Paragraphs_stay_and_what_is_written_is_shown_as_it_is_written()
    {
        var letter = Letter.Of("Hello <b>Zoë & \"Co\"</b>,\n\none\ntwo");

        Assert.Contains("<p>Hello &lt;b&gt;Zo&#235; &amp; &quot;Co&quot;&lt;/b&gt;,</p>\n<p>one<br>\ntwo</p>\n", letter, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_link_that_is_named_can_be_followed_and_nothing_is_fetched()
    {
        var letter = Letter.Of("See https://evil.example/ or\n\nhttps://clinic.example/a?b=1&c=2", "https://clinic.example/a?b=1&c=2");

        Assert.Contains("<p><a href=\"https://clinic.example/a?b=1&amp;c=2\">https://clinic.example/a?b=1&amp;c=2</a></p>", letter, StringComparison.Ordinal);
        Assert.Equal(2, letter.Split("href").Length);
        Assert.DoesNotContain((string[])["<img", "src=", "<script", "<link", "url("], w => letter.Contains(w, StringComparison.OrdinalIgnoreCase));
    }
}
