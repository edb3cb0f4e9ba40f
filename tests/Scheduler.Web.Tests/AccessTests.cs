using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.App.Access;
using Scheduler.Web.Tests.Served;

namespace Scheduler.Web.Tests;

/// <summary>Every endpoint, asked by everybody, of their own clinic, of another and of none. What is added to the host must be listed here.</summary>
public sealed class AccessTests
{
    private static readonly Role[] SeeTheDay = [Role.Administrator, Role.Scheduler, Role.Clinician, Role.BlindedRater, Role.UnblindedPharmacist];

    /// <summary>What each endpoint answers to GET: to nobody in particular, and to a role of whom the day of a clinic is, or is not.</summary>
    private static readonly Dictionary<string, Expected> Endpoints = new()
    {
        ["/health"] = Anybody("/health", 200),
        ["/health/ready"] = Anybody("/health/ready", 200),
        ["/style.css"] = Anybody("/style.css", 200),
        ["/sign-in/{token}"] = Anybody("/sign-in/none", 200),
        ["/a/{token}"] = Anybody("/a/none", 404),
        ["/sign-out"] = new("/sign-out", IsOfClinic: false, Nobody: 401, (_, _) => 405),
        ["/"] = new("/", IsOfClinic: true, Nobody: 401, Day),
        ["/day/{date}"] = new("/day/2027-01-05", IsOfClinic: true, Nobody: 401, Day),

        // An administrator of one clinic sees nothing of what concerns all.
        ["/jobs/{**rest}"] = new("/jobs/failed", IsOfClinic: false, Nobody: 401, (_, _) => 403),
    };

    /// <summary>With pages that something else makes.</summary>
    private static readonly HostParts WithJobs = new()
    {
        ForeignPages = [new("/jobs", context => context.Response.WriteAsync($"{context.Request.Method} {context.Request.PathBase} {context.Request.Path}"), "script-src 'self'")],
    };

    [Fact]
    public async Task Every_endpoint_is_listed_here()
    {
        await using var book = await ServedBook.Start(parts: WithJobs);

        Assert.Equal(Endpoints.Keys.Order(), Patterns(book));
    }

    [Fact]
    public async Task Every_endpoint_answers_each_role_of_each_clinic_as_it_must()
    {
        await using var book = await ServedBook.Start(["drug"], WithJobs);
        var wrong = new List<string>();
        foreach (var pattern in Patterns(book))
        {
            var expected = Endpoints[pattern];
            string[] paths = expected.IsOfClinic ? [expected.Path, .. new[] { ServedBook.Own, ServedBook.Foreign, "no-clinic" }.Select(c => $"{expected.Path}?clinic={c}")] : [expected.Path];
            foreach (var path in paths)
            {
                using var nobody = book.Browse();
                await Check("nobody", nobody, path, expected.Nobody);
            }
        }

        foreach (var role in Enum.GetValues<Role>())
        {
            using var browser = await book.SignedIn($"{role}");
            foreach (var expected in Endpoints.Values)
            {
                await Check($"{role}", browser, expected.Path, expected.Somebody(role, true));
                if (expected.IsOfClinic)
                {
                    await Check($"{role}", browser, $"{expected.Path}?clinic={ServedBook.Own}", expected.Somebody(role, true));
                    await Check($"{role}", browser, $"{expected.Path}?clinic={ServedBook.Foreign}", expected.Somebody(role, false));
                    await Check($"{role}", browser, $"{expected.Path}?clinic=no-clinic", expected.Somebody(role, false));
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        async Task Check(string who, Browser browser, string path, int expected)
        {
            var answered = (int)(await browser.Get(path)).StatusCode;
            if (answered != expected)
            {
                wrong.Add($"{who} GET {path}: {answered}, not {expected}");
            }
        }
    }

    [Fact]
    public async Task An_administrator_of_all_clinics_chooses_among_them_and_is_told_that_there_is_no_other()
    {
        await using var book = await ServedBook.Start(["drug"]);
        using var root = await book.SignedIn("root");

        foreach (var clinic in new[] { ServedBook.Own, ServedBook.Foreign })
        {
            var page = await (await root.Get($"/day/2027-01-05?clinic={clinic}")).Content.ReadAsStringAsync();
            Assert.Contains($"href=\"/day/2027-01-06?clinic={clinic}\"", page, StringComparison.Ordinal);
            Assert.Equal(clinic == ServedBook.Own, page.Contains("P-001", StringComparison.Ordinal));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await root.Get("/day/2027-01-05?clinic=no-clinic")).StatusCode);
    }

    [Fact]
    public async Task Pages_of_others_are_for_administrators_of_all_clinics_and_have_a_policy_of_their_own()
    {
        await using var book = await ServedBook.Start(parts: WithJobs);
        using var root = await book.SignedIn("root");
        using var browser = await book.SignedIn($"{Role.Administrator}");

        var shown = await root.Get("/jobs/failed");
        var begun = await root.Get("/jobs");
        var refused = await browser.Get("/jobs/failed");

        Assert.Equal("GET /jobs /failed", await shown.Content.ReadAsStringAsync());
        Assert.Equal("GET /jobs ", await begun.Content.ReadAsStringAsync());
        Assert.Equal("script-src 'self'", shown.Headers.GetValues("Content-Security-Policy").Single());
        Assert.StartsWith("default-src 'none'", refused.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", (await root.Get("/day/2027-01-05")).Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await root.PostBlind("/jobs/failed")).StatusCode);
        Assert.Equal("POST /jobs /stats", await (await root.PostFrom("/", "/jobs/stats")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Nothing_but_what_is_meant_to_is_changed_by_a_form()
    {
        await using var book = await ServedBook.Start(parts: WithJobs with { Answering = new KnownAnswers() });
        using var office = await book.SignedIn($"{Role.Scheduler}");

        foreach (var expected in Endpoints.Values)
        {
            Assert.Contains((int)(await office.PostBlind(expected.Path)).StatusCode, (int[])[400, 403, 405]);
            Assert.Contains((int)(await office.Send(HttpMethod.Delete, expected.Path, null)).StatusCode, (int[])[400, 405]);
        }

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await office.PostFrom("/", "/day/2027-01-05")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await office.Get("/")).StatusCode);
    }

    [Fact]
    public async Task Without_the_token_of_its_form_nothing_is_done()
    {
        var answers = new KnownAnswers();
        await using var book = await ServedBook.Start(parts: new() { Answering = answers });
        using var browser = book.Browse();
        var link = await book.SignInPath("root");

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostBlind(link)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostBlind("/a/open-token-of-a-patient", ("reply", "Decline"))).StatusCode);

        Assert.Null(Assert.Single(answers.Links).Value);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post(link)).StatusCode);
    }

    /// <summary>The patterns of all endpoints, as the host has them.</summary>
    private static IEnumerable<string> Patterns(ServedBook book) =>
        book.Web.Services.GetRequiredService<EndpointDataSource>().Endpoints.Select(e => $"/{((RouteEndpoint)e).RoutePattern.RawText!.TrimStart('/')}").Distinct().Order();

    private static Expected Anybody(string path, int status) => new(path, IsOfClinic: false, status, (_, _) => status);

    private static int Day(Role role, bool own) => own && SeeTheDay.Contains(role) ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden;

    private sealed record Expected(string Path, bool IsOfClinic, int Nobody, Func<Role, bool, int> Somebody);
}
