using System.Net;
using NodaTime;
using Scheduler.App.Reminders;
using Scheduler.Web.Tests.Served;

namespace Scheduler.Web.Tests.Answers;

/// <summary>What a patient's link shows and does.</summary>
public sealed class AnswerTests
{
    private const string Link = "/a/open-token-of-a-patient";

    [Fact]
    public async Task Looking_says_nothing_for_the_patient()
    {
        var answers = new KnownAnswers();
        await using var book = await ServedBook.Start(parts: new() { Answering = answers });
        using var browser = book.Browse();

        var page = await (await browser.Get(Link)).Content.ReadAsStringAsync();

        Assert.Contains("Tuesday 5 January, 13:00, at Hillside Practice.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"tel:+12025550100\"", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Null(Assert.Single(answers.Links).Value);
    }

    [Theory]
    [InlineData(Reply.Confirm, "The clinic knows that you will come.")]
    [InlineData(Reply.Decline, "The clinic knows that you cannot come")]
    [InlineData(Reply.CallMe, "The clinic will call you.")]
    public async Task A_button_says_it_once(Reply reply, string told)
    {
        var answers = new KnownAnswers();
        await using var book = await ServedBook.Start(parts: new() { Answering = answers });
        using var browser = book.Browse();
        Assert.Contains($"value=\"{reply}\"", await (await browser.Get(Link)).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var said = await browser.Post(Link, ("reply", $"{reply}"));

        Assert.Contains(told, await said.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(reply, Assert.Single(answers.Links).Value);
        await AssertTellsNothing(HttpStatusCode.Gone, await browser.Get(Link));
    }

    /// <summary>Each word of the page is the language's own; who reads it aloud knows which language that is.</summary>
    [Fact]
    public async Task The_page_is_in_the_language_of_the_message()
    {
        var answers = new KnownAnswers
        {
            Of = new(
                "xx",
                new()
                {
                    Title = "title-x", Appointment = new("{clinic}-x-{when}"), Confirm = "confirm-x", Decline = "decline-x", CallMe = "call-me-x", Confirmed = "confirmed-x", Declined = "declined-x",
                    ToBeCalled = "to-be-called-x", OrCall = new("or-call-x-{clinic}"), Answered = new("answered-x-{phone}"), Over = new("over-x-{phone}"), NotNoted = new("not-noted-x-{phone}"),
                },
                "+1 (202) 555-0100"),
            Links = { ["second"] = null, ["third"] = null },
        };
        await using var book = await ServedBook.Start(parts: new() { Answering = answers });
        using var browser = book.Browse();

        await Says(browser.Get(Link), "<html lang=\"xx\">", "<title>title-x</title>", "<h1>title-x</h1>", "Hillside Practice-x-Tuesday 5 January, 13:00", ">confirm-x<", ">decline-x<", ">call-me-x<", "or-call-x-Hillside Practice");
        await Says(browser.Post(Link, ("reply", "Confirm")), ">confirmed-x<");
        await Says(browser.Post("/a/second", ("reply", "Decline")), ">declined-x<");
        await Says(browser.Post("/a/third", ("reply", "CallMe")), ">to-be-called-x<");
        await Says(browser.Get(Link), "<html lang=\"xx\">", "over-x-+1 (202) 555-0100");
        await Says(browser.PostFrom($"/a/{KnownAnswers.NotNoted}", Link, ("reply", "Decline")), "answered-x-+1 (202) 555-0100");
        await Says(browser.Post($"/a/{KnownAnswers.NotNoted}", ("reply", "Decline")), "not-noted-x-+1 (202) 555-0100");
    }

    [Fact]
    public async Task Why_an_answer_cannot_be_noted_is_none_of_the_patient_s_business()
    {
        await using var book = await ServedBook.Start(parts: new() { Answering = new KnownAnswers() });
        using var browser = book.Browse();

        var page = await (await browser.Post($"/a/{KnownAnswers.NotNoted}", ("reply", "Decline"))).Content.ReadAsStringAsync();

        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("That could not be noted. Please call", page, StringComparison.Ordinal);
        Assert.DoesNotContain("infusion", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_nobody_made_tells_nothing()
    {
        await using var book = await ServedBook.Start(parts: new() { Answering = new KnownAnswers() });
        using var browser = book.Browse();

        await AssertTellsNothing(HttpStatusCode.NotFound, await browser.Get("/a/none"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("confirm")]
    [InlineData("Anything")]
    [InlineData("")]
    public async Task What_is_no_reply_is_not_taken(string reply)
    {
        var answers = new KnownAnswers();
        await using var book = await ServedBook.Start(parts: new() { Answering = answers });
        using var browser = book.Browse();

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post(Link, ("reply", reply))).StatusCode);
        Assert.Null(Assert.Single(answers.Links).Value);
    }

    [Fact]
    public async Task Sixty_a_minute_may_be_tried_from_one_address()
    {
        await using var book = await ServedBook.Start(parts: new() { Answering = new KnownAnswers() });
        using var browser = book.Browse();
        for (var tried = 0; tried < 60; tried++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/a/none-{tried}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.Get(Link)).StatusCode);
        book.Clock.Now += Duration.FromMinutes(1);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get(Link)).StatusCode);
    }

    private static async Task Says(Task<HttpResponseMessage> answer, params string[] words)
    {
        var page = WebUtility.HtmlDecode(await (await answer).Content.ReadAsStringAsync());
        Assert.All(words, w => Assert.Contains(w, page, StringComparison.Ordinal));
    }

    private static async Task AssertTellsNothing(HttpStatusCode expected, HttpResponseMessage answer)
    {
        Assert.Equal(expected, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains(expected == HttpStatusCode.Gone ? "<p>This appointment is past or has been changed since that message was sent." : "<p>This link is none of ours.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Hillside", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
    }
}
