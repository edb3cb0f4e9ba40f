using System.Net;
using Scheduler.App.Access;
using Scheduler.Web.Tests.Served;

namespace Scheduler.Web.Tests.Pages;

/// <summary>The page of a day.</summary>
public sealed class DayTests
{
    [Fact]
    public async Task A_day_shows_what_is_booked_by_time_and_no_name()
    {
        await using var book = await ServedBook.Start(["drug", "talk"]);
        using var office = await book.SignedIn($"{Role.Scheduler}");

        var days = await Days(office);

        Assert.Contains(days, d => d.Contains("infusion[1]", StringComparison.Ordinal) && d.Contains("P-001", StringComparison.Ordinal));
        Assert.Contains(days, d => d.Contains("lesson[1]", StringComparison.Ordinal) && d.Contains("P-002", StringComparison.Ordinal));
        Assert.All(days, d => Assert.DoesNotContain("Brook", d, StringComparison.Ordinal));
        Assert.All(days, d => Assert.Contains("Times are those of America/New_York", d, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_date_it_is_the_day_that_the_clinics_clocks_show()
    {
        await using var book = await ServedBook.Start();
        using var office = await book.SignedIn($"{Role.Scheduler}");

        // Half past eleven in the evening at the clinic; in London it is Tuesday.
        book.Clock.Now = ServedBook.Monday.At(new(23, 30)).InZoneStrictly(NodaTime.DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();
        using var late = await book.SignedIn($"{Role.Scheduler}");

        Assert.Contains("<h1>Monday 4 January 2027</h1>", await (await late.Get("/")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-02-30")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("tomorrow")]
    public async Task What_is_no_date_is_not_found(string date)
    {
        await using var book = await ServedBook.Start();
        using var office = await book.SignedIn($"{Role.Scheduler}");

        Assert.Equal(HttpStatusCode.NotFound, (await office.Get($"/day/{date}")).StatusCode);
    }

    [Fact]
    public async Task A_blinded_rater_is_shown_the_same_whichever_arm_a_patient_is_in()
    {
        var pages = await Pages("talk", "drug", Role.BlindedRater);

        Assert.Equal(pages, await Pages("drug", "talk", Role.BlindedRater));
        Assert.Contains(pages, p => p.Contains("rating[1]", StringComparison.Ordinal));
        Assert.NotEqual(await Pages("talk", "drug", Role.Scheduler), await Pages("drug", "talk", Role.Scheduler));
    }

    private static async Task<List<string>> Pages(string first, string second, Role role)
    {
        await using var book = await ServedBook.Start([first, second]);
        using var browser = await book.SignedIn($"{role}");
        return await Days(browser);
    }

    private static async Task<List<string>> Days(Browser browser)
    {
        var pages = new List<string>();
        for (var day = 0; day < 30; day++)
        {
            pages.Add(Browser.WithoutTokens(await (await browser.Get($"/day/{ServedBook.Monday.PlusDays(day):uuuu'-'MM'-'dd}")).Content.ReadAsStringAsync()));
        }

        return pages;
    }
}
