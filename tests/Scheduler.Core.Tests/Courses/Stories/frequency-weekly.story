# A high score means weekly doses.
protocol: frequency
story:
plan from 2027-01-04
all is booked
review takes place
qids at review is 6
plan from 2027-01-05
> plan Mon 2027-01-04 09:00 review[1]
> plan Tue 2027-01-05 08:00 weekly-dose[1], if needed
> plan Tue 2027-01-05 08:00 spaced-dose[1], if needed
> plan Mon 2027-01-11 08:00 weekly-dose[2], if needed
> plan Mon 2027-01-18 08:00 weekly-dose[3], if needed
> plan Mon 2027-01-18 08:00 spaced-dose[2], if needed
> booked: weekly-dose[1], weekly-dose[2], weekly-dose[3]
> completed: review[1]
> released: spaced-dose[1], spaced-dose[2]
> seldom: false
> weekly: true
> left out: spaced-dose[1], spaced-dose[2]
> plan Mon 2027-01-04 09:00 review[1], stays
> plan Tue 2027-01-05 08:00 weekly-dose[1]
> plan Mon 2027-01-11 08:00 weekly-dose[2]
> plan Mon 2027-01-18 08:00 weekly-dose[3]
