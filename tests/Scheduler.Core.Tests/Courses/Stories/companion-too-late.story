# A rating that was missed after an infusion that was held cannot be made up: its day is over.
protocol: bundle
story:
plan from 2027-01-04
all is booked
pre[1] and infusion[1] take place
post[1] is missed
plan from 2027-01-05
> plan Mon 2027-01-04 09:00 pre[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Mon 2027-01-04 10:30 post[1]
> plan Tue 2027-01-05 13:00 pre[2]
> plan Tue 2027-01-05 13:30 infusion[2]
> plan Tue 2027-01-05 14:30 post[2]
> plan Wed 2027-01-06 09:00 pre[3]
> plan Wed 2027-01-06 09:30 infusion[3]
> plan Wed 2027-01-06 10:30 post[3]
> plan Fri 2027-01-08 10:30 call[1]
> plan Tue 2027-01-12 08:00 week[1]
> booked: pre[2], pre[3], infusion[2], infusion[3], post[2], post[3], call[1], week[1]
> completed: pre[1], infusion[1]
> missed: post[1]
> P-1:1:1: warning CO010: post[1] belongs on the day of infusion[1] ('after'), which is over; so the course goes without post[1].
> left out: post[1]
> plan Mon 2027-01-04 09:00 pre[1], stays
> plan Mon 2027-01-04 09:30 infusion[1], stays
> plan Tue 2027-01-05 13:00 pre[2]
> plan Tue 2027-01-05 13:30 infusion[2]
> plan Tue 2027-01-05 14:30 post[2]
> plan Wed 2027-01-06 09:00 pre[3]
> plan Wed 2027-01-06 09:30 infusion[3]
> plan Wed 2027-01-06 10:30 post[3]
> plan Fri 2027-01-08 10:30 call[1]
> plan Tue 2027-01-12 08:00 week[1]
