using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Scheduler.App.Access;
using Scheduler.Web.Tests.Served;

namespace Scheduler.Web.Tests.Pages;

/// <summary>The pages in Debian's Chromium.</summary>
public sealed class RealBrowserTests
{
    /// <summary>Where Debian puts the browser.</summary>
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>Text that has more lines than words, because it is squeezed.</summary>
    private const string BrokenWords = """
        [...document.querySelectorAll('h1, p, caption, td')].filter(e => {
          const text = document.createRange();
          text.selectNodeContents(e);
          return new Set([...text.getClientRects()].map(r => Math.round(r.top))).size > e.textContent.trim().split(/\s+/).length;
        }).map(e => e.outerHTML.slice(0, 80))
        """;

    /// <summary>Cells over which something else lies.</summary>
    private const string CoveredCells = """
        [...document.querySelectorAll('td')].filter(e => {
          e.scrollIntoView({block: 'center'});
          const place = e.getBoundingClientRect();
          return !e.contains(document.elementFromPoint(place.left + 12, place.top + place.height / 2));
        }).map(e => e.outerHTML.slice(0, 80))
        """;

    [Theory]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(320, 640, ColorScheme.Light)]
    [InlineData(1280, 800, ColorScheme.Dark)]
    public async Task Whoever_has_a_link_signs_in_sees_the_day_and_goes_to_the_next_by_the_keyboard(int width, int height, ColorScheme scheme)
    {
        await using var book = await ServedBook.Start(["drug", "talk"], new() { Answering = new KnownAnswers() });
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium });
        await using var context = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, JavaScriptEnabled = true });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);

        await page.GotoAsync($"{WebSettings.Origin(book.Address)}{await book.SignInPath($"{Role.Scheduler}")}");
        await AssertGood(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Monday 4 January 2027");

        // The first key leads past the head of the page, the next ones along its links.
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "To the content" })).ToBeFocusedAsync();
        await TabTo(page, page.GetByRole(AriaRole.Link, new() { Name = "Day after" }));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Tuesday 5 January 2027");
        await Assertions.Expect(page).ToHaveTitleAsync("Tue 2027-01-05, clinic-small");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "P-001" }).First).ToBeVisibleAsync();
        await AssertGood(page);
        await Picture(page, $"day-{width}-{scheme}");

        await page.GotoAsync($"{WebSettings.Origin(book.Address)}/a/open-token-of-a-patient");
        await AssertGood(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "I will come" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The clinic knows that you will come.");
        await AssertGood(page);
        Assert.Empty(complaints);
    }

    /// <summary>Nothing that people with impairments would stumble over, and nothing that is cut off. Headings of columns are for readers of screens only where a row is a block.</summary>
    private static async Task AssertGood(IPage page)
    {
        var found = (await page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical");
        Assert.Empty(found.Select(v => $"{v.Id}: {string.Join(' ', v.Nodes.Select(n => n.Html))}"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "It is wider than the window.");
        Assert.Empty(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('main *')].filter(e => !(innerWidth <= 640 && e.closest('thead')) && e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"));
        Assert.Empty(await page.EvaluateAsync<string[]>(BrokenWords));
        Assert.Empty(await page.EvaluateAsync<string[]>(CoveredCells));
    }

    private static async Task TabTo(IPage page, ILocator target)
    {
        for (var pressed = 0; pressed < 20 && !await target.EvaluateAsync<bool>("e => e === document.activeElement"); pressed++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(target).ToBeFocusedAsync();
    }

    /// <summary>A picture for whoever wants to look, where the environment names a folder.</summary>
    private static async Task Picture(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCHEDULER_PICTURES") is { Length: > 0 } folder)
        {
            _ = await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
