using System.Net;
using System.Text.RegularExpressions;

namespace Scheduler.Web.Tests.Served;

/// <summary>A browser without a window: it keeps cookies, also secure ones of loopback as real browsers do, follows nothing, and sends the forms that it was shown.</summary>
internal sealed partial class Browser(Uri at) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = at, Timeout = TimeSpan.FromMinutes(5) };

    private readonly Dictionary<string, string> cookies = [];

    /// <summary>What was said of each cookie when it was set last.</summary>
    public Dictionary<string, string> SetCookies { get; } = [];

    /// <summary>Headers that go with every request.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>The same browser, gone to another address with its cookies.</summary>
    public Browser Gone(Uri elsewhere)
    {
        var gone = new Browser(elsewhere);
        foreach (var (name, value) in cookies)
        {
            gone.cookies[name] = value;
        }

        return gone;
    }

    public Task<HttpResponseMessage> Get(string path) => Send(HttpMethod.Get, path, null);

    /// <summary>Sends a form that nobody has shown.</summary>
    public Task<HttpResponseMessage> PostBlind(string path, params (string Name, string Value)[] fields) => Send(HttpMethod.Post, path, Form(fields));

    /// <summary>Looks at a page, and sends its form.</summary>
    public Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields) => PostFrom(path, path, fields);

    /// <summary>Looks at a page, and sends the token of its form elsewhere.</summary>
    public async Task<HttpResponseMessage> PostFrom(string shown, string path, params (string Name, string Value)[] fields)
    {
        var token = FormToken().Match(await (await Get(shown)).Content.ReadAsStringAsync()).Groups["token"].Value;
        return await Send(HttpMethod.Post, path, Form([.. fields, ("__RequestVerificationToken", WebUtility.HtmlDecode(token))]));
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
        }

        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await client.SendAsync(request);
        foreach (var set in response.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
        {
            var (name, value) = (set.Split('=')[0], set.Split(';')[0].Split('=', 2)[1]);
            SetCookies[name] = set;
            if (value.Length == 0)
            {
                cookies.Remove(name);
            }
            else
            {
                cookies[name] = value;
            }
        }

        return response;
    }

    /// <summary>A page without what differs each time that it is shown.</summary>
    public static string WithoutTokens(string page) => FormToken().Replace(page, "");

    public void Dispose() => client.Dispose();

    private static FormUrlEncodedContent Form(IEnumerable<(string Name, string Value)> fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormToken();
}
